import { CronJob, type CronJobArgs } from '@pulumi/kubernetes/batch/v1/cronJob';
import type { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import type { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { failingQuery } from '../platform/flag-rollout';
import { flagsWord } from '../platform/names';
import type { FlagSet } from '../platform/nouns/flags';
import type { ClusterContext } from './context';
import { metricsAddress } from './metrics-address';
import type { PodGroup } from './namespace-limits';
import { podsIn, tcp, type PolicySpec } from './peers';
import { programHome } from './program-home';
import { programRun } from './program-run';
import { prometheusPort } from './scrapes';
import { systemPods } from './system-pods';
import { wayOut } from './way-out';

/** Sets, by name. */
type Sets = readonly (readonly [name: string, set: FlagSet])[];

export interface FlagRolloutArgs {
  readonly context: ClusterContext;
  readonly sets: Sets;
  /** Image of the programs of the platform, by digest. */
  readonly image: string;
  /** What must be there before: the namespace. */
  readonly after: readonly Resource[];
}

/** Ours: Node.js and a few requests. */
const capacity = { vcpu: 0.1, memoryGiB: 0.25 };

/** What their namespace must have room for: one a set, since a run that takes too long is not joined by another. */
export const flagsRoom = (sets: Sets): PodGroup => ({ count: sets.length, capacity });

/** How long a run may take, in seconds: it ends before the next one begins, so that no minute is left out for it. */
const mostSeconds = 50;

/** A run that could not start on time still does for so long, in seconds. */
const lateSeconds = 30;

/**
 * Where a set is changed.
 *
 * @throws Error if the cloud changes flags by itself.
 */
function storesOf({ cloud }: Pick<ClusterContext, 'cloud'>, set: string) {
  const stores = cloud.flagStores?.(set);
  if (stores === undefined) throw new Error(`flags.${set} must be on a cloud with a store of flags, not ${cloud.name}`);
  return stores;
}

/** Stores, Prometheus, and where tokens are exchanged. Nobody reaches them. */
export function flagsPolicy(context: Pick<ClusterContext, 'cloud'>, sets: Sets): PolicySpec {
  const reach = [...sets.flatMap(([set]) => storesOf(context, set).reach), ...context.cloud.tokens.reach];
  return wayOut(flagsWord, reach, [{ to: [podsIn(systemPods.prometheus)], ports: tcp(prometheusPort) }]);
}

/**
 * Gives the flags of each set their turn once a minute: what a definition says is reached in steps, and what was changed lately is put
 * back when services that use the set fail. That there are no turns is told by the log, and not from here.
 */
export class FlagRollout extends ComponentResource {
  public readonly account: ServiceAccount;
  public readonly policy: NetworkPolicy;
  /** By set. */
  public readonly jobs: Readonly<Record<string, CronJob>>;

  public constructor(name: string, args: FlagRolloutArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:FlagRollout', name, {}, opts);
    const { after, context, sets } = args;
    const home = programHome(this, name, { context, word: flagsWord, policy: flagsPolicy(context, sets), after });
    this.account = home.account;
    this.policy = home.policy;
    this.jobs = Object.fromEntries(
      sets.map(([set, spec]) => [set, new CronJob(`${name}-${set}`, turnRun(args, set, spec), home.ready)]),
    );
    this.registerOutputs({});
  }
}

function turnRun({ context, image }: FlagRolloutArgs, set: string, { rollout }: FlagSet): CronJobArgs {
  const failing = failingQuery(context.platform, set);
  return programRun({
    context,
    word: flagsWord,
    component: set,
    container: 'turn',
    image,
    command: [
      'bin/flag-rollout.ts',
      ...['--set', set],
      ...storesOf(context, set).hosts.flatMap((host) => ['--store', host]),
      ...['--minutes', String(rollout.minutes), '--step-percent', String(rollout.stepPercent)],
      ...['--bake-minutes', String(rollout.bakeMinutes)],
      ...(failing === '' ? [] : ['--prometheus', metricsAddress, '--failing', failing]),
    ],
    capacity,
    schedule: '* * * * *',
    mostSeconds,
    lateSeconds,
    // The next minute is the next try.
    backoffLimit: 0,
  });
}
