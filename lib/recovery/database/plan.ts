import type { Platform } from '../../platform/platform';
import { isReplicated, postgresOf } from '../../platform/sql/database';
import { underWaySeconds } from '../../platform/sql/keeper';
import { sendsFrom } from '../../platform/sql/outbox';
import { sequenceMargin } from '../../platform/sql/sequences';
import type { Step } from '../step';
import { begin, checkLag } from './check-lag';
import { fence, nameLeader, type FenceOptions } from './fence';
import { catchUp, stopFollowing, type CatchUpOptions } from './follow';
import type { DatabasePair } from './pair';
import {
  openWrites,
  reconcile,
  replayOutbox,
  setSequences,
  verifyAndEnd,
  type OpenOptions,
  type Reconciliation,
  type Unreconciled,
} from './promote';

/** What a failover of databases is told. */
export interface FailoverInput {
  readonly platform: Platform;
  /** Every replicated database of the platform. */
  readonly pairs: readonly DatabasePair[];
  readonly reconciliation: Reconciliation | Unreconciled;
  /** @default - a site that cannot be reached is not fenced, and its step refuses */
  readonly latch?: FenceOptions['latch'];
  readonly skewSeconds?: number;
  readonly catchUp?: CatchUpOptions;
  readonly open?: OpenOptions;
  /** How long a message may have waited in a queue that is lost, in minutes. */
  readonly replayMinutes?: number;
  /** What a person answers for, in their words. */
  readonly accept?: { readonly unfenced?: string; readonly loss?: string; readonly unresolved?: string };
}

/** The steps of a failover that concern databases, in their order, in parts between which others have a place. */
export interface DatabaseSteps {
  /** Reads, and refuses a second promotion. */
  readonly begin: readonly Step[];
  /** Until writes are open. */
  readonly promote: readonly Step[];
  /** Has messages sent again. */
  readonly replay: readonly Step[];
  /** Looks at what came of it, and ends the promotion. */
  readonly end: readonly Step[];
}

/**
 * The steps that move databases from the site that leads to the other one. A planned switch, a failover and a failback are
 * these: they differ in which site is which, and in whether the one that led can be reached. All databases pass a step before
 * any passes the next, so that none is open while another is not fenced.
 *
 * @throws Error if a pair is no replicated database of the platform.
 */
export function databaseSteps(input: FailoverInput): DatabaseSteps {
  const { accept = {}, latch, pairs, platform } = input;
  const leader = pairs[0]?.to.site;
  for (const { name } of pairs) {
    if (!isReplicated(platform, name))
      throw new Error(`databases.${name} is not replicated: it has no place on both sites`);
  }
  const each = (step: (pair: DatabasePair) => Step): readonly Step[] => pairs.map(step);
  return {
    begin: [...each(checkLag), ...each(begin)],
    promote: [
      ...each((pair) => fence(pair, fenceOptions(input, pair))),
      ...(latch === undefined || leader === undefined ? [] : [nameLeader(latch, leader)]),
      ...each((pair) =>
        catchUp(pair, { ...input.catchUp, ...(accept.loss === undefined ? {} : { acceptLoss: accept.loss }) }),
      ),
      ...each(stopFollowing),
      ...each((pair) => setSequences(pair, sequenceMargin(platform))),
      reconcile(pairs, input.reconciliation, accept.unresolved),
      ...each((pair) => openWrites(pair, input.open)),
    ],
    replay: each((pair) =>
      replayOutbox(pair, {
        services: sendsFrom(platform, pair.name),
        ...(input.replayMinutes === undefined ? {} : { minutes: input.replayMinutes }),
      }),
    ),
    end: each((pair) => verifyAndEnd(pair, sendsFrom(platform, pair.name))),
  };
}

/** A transaction lasts a statement and a pause after its last write was allowed; both are bounded for users of services. */
function fenceOptions(
  { accept = {}, latch, platform, skewSeconds }: FailoverInput,
  { name }: DatabasePair,
): FenceOptions {
  return {
    inFlightSeconds: underWaySeconds(postgresOf(platform, name)),
    ...(latch === undefined ? {} : { latch }),
    ...(skewSeconds === undefined ? {} : { skewSeconds }),
    ...(accept.unfenced === undefined ? {} : { acceptUnfenced: accept.unfenced }),
  };
}
