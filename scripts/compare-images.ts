import { parseArgs } from 'node:util';
import { loadPlatform } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { targetOptions } from '../bin/target-options';
import { sitesOf } from '../lib/platform/platform';
import { imageDifferences } from './image-differences';
import { signIn } from './pipeline-login';

const USAGE = `usage: npm run compare:images -- [--platform NAME] [--stage NAME] [--from outside|inside]

Compares what lies in the registries of a stage with its releases: whether every cloud on which it stands has each digest, and for
the architecture that it runs. Tells every difference, and fails if there is one. A job of GitHub logs in by itself; a
person is logged in to both clouds before.

  --platform NAME   default: retailflow
  --stage NAME      default: production
  --from WHERE      outside (default): the registry on Azure is told to fetch what it has not, which is the only question that it
                    answers there. inside its network: it is looked into, and nothing changes
`;

function main(): void {
  const { values } = parseArgs({
    options: {
      ...targetOptions,
      from: { type: 'string', default: 'outside' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { from } = values;
  if (from !== 'inside' && from !== 'outside') throw new Error(`--from must be outside or inside, got ${from}`);
  const { outputs, platform, releases } = loadPlatform(values.platform, values.stage);
  const variables = process.env;
  const session = { platform, variables, env: signIn(platform, outputs, variables) };
  const differences = imageDifferences(session, releases, from);
  const clouds = sitesOf(platform).map(({ cloud }) => cloud);
  const count = Object.keys(releases).length;
  if (differences.length > 0) throw new Error(['the registries differ:', ...differences].join('\n  '));
  process.stdout.write(
    `${values.platform} ${values.stage}: ${count} released images, each on ${clouds.join(' and ')}\n`,
  );
}

try {
  main();
} catch (error) {
  process.stderr.write(`compare-images: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
