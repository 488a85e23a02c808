import { parseArgs } from 'node:util';
import { PlatformError } from '../lib/platform/error';
import { loadDefinition, platformNames } from './inputs';
import { messageOf } from './message';
import type { Target } from './parts';
import { synthesizeAll } from './synthesize-all';
import { targetOptions } from './target-options';

const USAGE = `usage: npm run synth -- [--platform <name>] [--stage <name>] [--list]

  Synthesizes a stage of a platform for every cloud that it stands on, with every gate:
  cdk.out (CloudFormation), cdktf.out (Terraform) and k8s.out (Kubernetes); review.out says what was proved.

  --platform   a file of platforms/ (default: retailflow); all: every platform that has the stage, each in platforms.out/<platform>/
  --stage      one of its stages (default: production)
  --list       says which platforms and stages there are, and does nothing else
`;

/** The command line. */
async function main(args: readonly string[]): Promise<boolean> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...targetOptions,
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command = 'synth', ...rest] = positionals;
  if (command !== 'synth' || rest.length > 0) {
    throw new Error(`the command must be synth alone, got ${positionals.join(' ')}\n\n${USAGE}`);
  }
  const { help, list, platform, stage } = values;
  if (help) console.log(USAGE);
  else if (list) console.log(platformNames().map(listed).join('\n'));
  else return synthesizeAll(platform === 'all' ? everyPlatform(stage) : [{ platform, stage: known(platform, stage) }]);
  return true;
}

const stagesOf = (platform: string): readonly string[] => Object.keys(loadDefinition(platform).stages);

const listed = (platform: string): string => `${platform}: ${stagesOf(platform).join(', ')}`;

/** The stage, if the platform has it. */
function known(platform: string, stage: string): string {
  const stages = stagesOf(platform);
  if (stages.includes(stage)) return stage;
  throw new PlatformError('command line', [
    { path: '--stage', got: stage, allowed: `one of ${stages.join(', ')}`, remedy: `choose a stage of ${platform}` },
  ]);
}

/** Every platform that has the stage. */
function everyPlatform(stage: string): readonly Target[] {
  const platforms = platformNames();
  const targets = platforms
    .filter((platform) => stagesOf(platform).includes(stage))
    .map((platform) => ({ platform, stage }));
  if (targets.length > 0) return targets;
  throw new PlatformError('command line', [
    {
      path: '--stage',
      got: stage,
      allowed: `one of ${[...new Set(platforms.flatMap(stagesOf))].join(', ')}`,
      remedy: 'choose a stage that a platform has',
    },
  ]);
}

// Only the end of the last step makes it a success, so that a process which runs out of work has failed.
process.exitCode = 1;
main(process.argv.slice(2)).then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error: unknown) => console.error(messageOf(error)),
);
