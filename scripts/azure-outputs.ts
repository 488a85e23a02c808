import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlatform, root } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { stagePrefix } from '../lib/platform/names';
import { outputsFile } from '../lib/platform/outputs';
import { outputsOfTerraform } from '../lib/platform/terraform-outputs';
import { inOrder } from './azure-stacks';
import { runCommand } from './command';

const USAGE = `usage: npm run outputs:azure -- [--platform NAME] [--stage NAME] [--output DIR] [--from FILE] [--to FILE]

Writes down what the foundation and the cluster of a site told when they were applied: ids of the identities of workloads, and
where figures and traces are written to, which the programs of the cluster and of the databases need. Run it again once the
cluster is applied. Commit the file. It holds nothing secret.

  --platform NAME   default: retailflow
  --stage NAME      default: production
  --output DIR      what was synthesized, and applied from there (default: cdktf.out)
  --from FILE       what terraform output -json printed elsewhere, once for each stack (default: it is asked)
  --to FILE         where it is written (default: outputs/<platform>/<stage>.json)
`;

/** Stacks that tell something. */
const telling = ['foundation', 'cluster'] as const;

/** What Terraform says of a stack, from its state. */
function ask(output: string, stack: string): string {
  const found = inOrder(output).find(({ name }) => name === stack);
  if (found === undefined) throw new Error(`${output} must hold ${stack}: synthesize it`);
  const terraform = (...args: readonly string[]): string => {
    const ended = runCommand(['terraform', ...args], { cwd: found.directory, quiet: true });
    if (ended.missing) throw new Error('terraform must be on the PATH, got none: install version 1.11 or later');
    if (ended.status !== 0) throw new Error(`terraform ${args[0] ?? ''} failed:\n${ended.output}`);
    return ended.stdout;
  };
  terraform('init', '-input=false', '-no-color');
  return terraform('output', '-json', '-no-color');
}

function main(): void {
  const { values } = parseArgs({
    options: {
      platform: { type: 'string', default: 'retailflow' },
      stage: { type: 'string', default: 'production' },
      output: { type: 'string', default: join(root, 'cdktf.out') },
      from: { type: 'string', multiple: true },
      to: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { outputs: written, platform } = loadPlatform(values.platform, values.stage);
  const texts =
    values.from === undefined
      ? telling.map((stack) => ask(absolute(values.output), `${stagePrefix(platform)}-${stack}`))
      : values.from.map((file) => readFileSync(file, 'utf8'));
  const outputs = outputsOfTerraform(
    platform,
    texts.map((text) => JSON.parse(text) as unknown),
  );
  // The link is told by a script of its own.
  const whole = written.link === undefined ? outputs : { ...outputs, link: written.link };
  const file = values.to ?? join(root, outputsFile(platform));
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
  process.stdout.write(`${file}: ${Object.keys(outputs.identities).length} identities\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`azure-outputs: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
