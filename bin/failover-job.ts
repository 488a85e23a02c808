import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { failoverObjects } from '../lib/kubernetes/failover-job';
import { refuse, type Problem } from '../lib/platform/error';
import { keepsFailover } from '../lib/platform/failover-store';
import { recoveryPair } from '../lib/platform/link';
import { linkNetwork } from '../lib/platform/link-network';
import { failoverImage } from '../lib/kubernetes/failover-image';
import { failoverWord, keeperWord } from '../lib/platform/names';
import { missingIdentities, identityOf, reachedAt, type SiteOutputs } from '../lib/platform/outputs';
import { imageOf } from '../lib/platform/releases';
import { siteOn, type Platform } from '../lib/platform/platform';
import { clusterContext, type ClusterInput } from '../stacks/kubernetes/cluster';
import { loadPlatform } from './inputs';
import { messageOf } from './message';
import { targetOptions } from './target-options';

const USAGE = `usage: npm run --silent failover:job -- --job <name> [--digest <digest>] [--platform <name>] [--stage <name>] -- <what the control is told>

  Prints what runs the failover control in the cluster of the recovery site: | kubectl apply -f -

  --digest   of the image of this repository in the site's registry, <platform>-<stage>/failover
             (default: what releases/<platform>/<stage>.json tells of failover)
  --job      name of the job, such as plan-1
`;

/** Port of PostgreSQL on AWS. */
const otherPort = 5432;

export interface JobCommand {
  /** @default - what the releases of the stage tell */
  readonly digest?: string | undefined;
  readonly job: string;
  readonly args: readonly string[];
}

/**
 * The objects of a control, as YAML.
 *
 * @throws PlatformError that lists everything that is wrong.
 */
export function failoverJob(input: ClusterInput, command: JobCommand): string {
  const { outputs, platform, releases } = input;
  const { args, job } = command;
  const told = imageOf(releases, failoverWord);
  const digest = command.digest ?? (told.kind === 'release' ? told.digest : '');
  const site = siteOn(platform, 'azure');
  refuse(
    'failover:job',
    problemsOf(platform, { args, digest, job }, site !== undefined && keepsFailover(platform, site)),
  );
  const context = clusterContext(input, site?.siteName);
  const objects = failoverObjects({
    context,
    job,
    args: [...args, '--platform', platform.name, '--stage', platform.stageName],
    image: failoverImage(context, digest),
    told: toldBy(platform, outputs),
    network: recoveryPair(platform) === undefined ? undefined : linkNetwork(platform),
    otherPort,
  });
  return objects.map((object) => stringify(object, { version: '1.1', aliasDuplicateObjects: false })).join('---\n');
}

/** What the site told, whenever the image was built. */
function toldBy(platform: Platform, outputs: SiteOutputs): Readonly<Record<string, string>> {
  const address = reachedAt(platform, outputs);
  return {
    ...(address === undefined ? {} : { FAILOVER_ADDRESS: address }),
    ...(missingIdentities([keeperWord], outputs).length > 0
      ? {}
      : { FAILOVER_KEEPER: identityOf(outputs, keeperWord).principalId }),
  };
}

function problemsOf(platform: Platform, { args, digest = '', job }: JobCommand, fails: boolean): readonly Problem[] {
  const wrong = (path: string, got: unknown, allowed: string, remedy: string): readonly Problem[] => [
    { path, got, allowed, remedy },
  ];
  return [
    ...(/^sha256:[0-9a-f]{64}$/.test(digest)
      ? []
      : wrong(
          '--digest',
          digest,
          'sha256: and 64 hexadecimal digits',
          'push the image, and tell what the registry gives',
        )),
    ...(/^[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?$/.test(job)
      ? []
      : wrong('--job', job, 'a name of lower-case letters, digits and hyphens', 'choose one, such as plan-1')),
    ...(args.length > 0 ? [] : wrong('command', undefined, 'what the control is told', 'add -- plan --run <name>')),
    ...(fails
      ? []
      : wrong('--stage', platform.stageName, 'a stage whose recovery site keeps a failover', 'choose another one')),
  ];
}

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      ...targetOptions,
      digest: { type: 'string' },
      job: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  process.stdout.write(failoverJob(loadPlatform(values.platform, values.stage), { ...values, args: positionals }));
}

if (require.main === module) {
  try {
    main();
  } catch (error) {
    process.stderr.write(`${String(messageOf(error))}\n`);
    process.exitCode = 1;
  }
}
