import { readFileSync } from 'node:fs';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlatform, root } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { sitePrefix } from '../lib/platform/azure-names';
import { whereIs } from '../lib/platform/azure-sites';
import { sitesOn } from '../lib/platform/platform';
import { outputsFile } from '../lib/platform/outputs';
import { outputsOfTerraform } from '../lib/platform/terraform-outputs';
import { outputsOf } from './azure-terraform';
import { writeOutputs } from './write-outputs';
import { targetOptions } from '../bin/target-options';

const USAGE = `usage: npm run outputs:azure -- [--platform NAME] [--stage NAME] [--output DIR] [--from FILE] [--recovery-from FILE] [--to FILE]

Writes down what the foundation, the cluster and the edge of each site told when they were applied: ids of the identities of
workloads, where figures and traces are written to, which the programs of the cluster and of the databases need, and where the
site is reached. Run it again once the cluster is applied, and once the edge is. Commit the file. It holds nothing secret.

  --platform NAME   default: retailflow
  --stage NAME      default: production
  --output DIR      what was synthesized, and applied from there (default: cdktf.out)
  --from FILE       what terraform output -json printed elsewhere, once for each stack (default: it is asked)
  --recovery-from FILE
                    the same of a second site on Azure (default: what was written before, where --from is given)
  --to FILE         where it is written (default: outputs/<platform>/<stage>.json)
`;

/** Stacks that tell something. */
const telling = ['foundation', 'cluster', 'edge'] as const;

function main(): void {
  const { values } = parseArgs({
    options: {
      ...targetOptions,
      output: { type: 'string', default: join(root, 'cdktf.out') },
      from: { type: 'string', multiple: true },
      'recovery-from': { type: 'string', multiple: true },
      to: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { outputs: written, platform } = loadPlatform(values.platform, values.stage);
  const [first = [], second] = sitesOn(platform, 'azure').map((site, index) => {
    const files = index === 0 ? values.from : values['recovery-from'];
    if (files !== undefined) return files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown);
    if (values.from !== undefined) return undefined;
    const prefix = sitePrefix(whereIs(platform, site));
    return telling.map((stack) => outputsOf(absolute(values.output), `${prefix}-${stack}`));
  });
  const outputs = outputsOfTerraform(platform, first, second);
  // The link and a site on AWS are told by scripts of their own.
  const whole = {
    ...outputs,
    ...(second === undefined && written.recovery !== undefined ? { recovery: written.recovery } : {}),
    ...(written.link === undefined ? {} : { link: written.link }),
    ...(written.aws === undefined ? {} : { aws: written.aws }),
  };
  const file = values.to ?? join(root, outputsFile(platform));
  writeOutputs(file, whole);
  process.stdout.write(`${file}: ${Object.keys(outputs.identities).length} identities\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`azure-outputs: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
