import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlatform, root } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { targetOptions } from '../bin/target-options';
import { outputsOfCdk } from '../lib/platform/aws-outputs';
import { outputsFile, parseOutputs } from '../lib/platform/outputs';
import { clusterSitesOf } from '../lib/platform/platform';
import { writeOutputs } from './write-outputs';

const USAGE = `usage: npm run outputs:aws -- --from FILE [--platform NAME] [--stage NAME] [--to FILE]

Writes down what the stacks of a site with runtime 'eks' told when they were deployed: addresses, names and ARNs, which the
manifests of its cluster need. Run it again when a stack told something new. Commit the file. It holds nothing secret.

  --from FILE       what cdk deploy --outputs-file wrote, of all stacks
  --platform NAME   default: retailflow
  --stage NAME      default: production
  --to FILE         where it is written (default: outputs/<platform>/<stage>.json)
`;

function main(): void {
  const { values } = parseArgs({
    options: {
      ...targetOptions,
      from: { type: 'string' },
      to: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (values.from === undefined) throw new Error(`--from must name a file, got nothing\n\n${USAGE}`);
  const { outputs: written, platform } = loadPlatform(values.platform, values.stage);
  const site = clusterSitesOf(platform).find(({ cloud }) => cloud === 'aws');
  if (site === undefined) {
    throw new Error(
      `stage ${values.stage} of ${values.platform} must have a site on aws with runtime 'eks', got none: choose another stage`,
    );
  }
  const told = JSON.parse(readFileSync(values.from, 'utf8')) as unknown;
  const aws = outputsOfCdk(platform, site.siteName, told);
  const file = values.to ?? join(root, outputsFile(platform));
  writeOutputs(file, parseOutputs(platform, { ...written, aws }));
  process.stdout.write(`${file}: ${Object.keys(aws.services).length} services\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`aws-outputs: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
