import { longestFence } from '../lib/recovery/database/fence';
import type { Platform } from '../lib/platform/platform';
import { postgresOf } from '../lib/platform/sql/database';
import type { Fault } from './faults';
import { factsIn, heldBy, lossesOf, wrongAtEnd, type Losses, type Observed } from './measure';
import { database, drillTimes } from './platform';
import type { Programs } from './programs';
import { World, type Templates } from './world';

/** One failover of a fault, measured. */
export interface Finding extends Losses {
  readonly fault: string;
  readonly way: string;
  /** How the site that led was kept from writing. */
  readonly fence: string;
  /** From the loss to the first write that the other site acknowledged, in seconds; here, with the drill's times. */
  readonly recoverySeconds: number;
  /** The same with the platform's own times: what the fence waits is what it waits there. */
  readonly platformRecoverySeconds: number;
  readonly violations: readonly string[];
}

/** Goals as the definition has them, in seconds. */
export interface Goals {
  readonly timeSeconds: number;
  readonly pointSeconds: number;
}

/** @throws Error if the platform has no goals of recovery. */
export function goalsOf({ goals: { recovery } }: Pick<Platform, 'goals'>): Goals {
  if (recovery === undefined) throw new Error('goals.recovery must be declared for a drill to be judged by it');
  return { timeSeconds: recovery.timeMinutes * 60, pointSeconds: recovery.databasePointMinutes * 60 };
}

/** How long a fence waits in the drill, and on the platform, in seconds, where the site cannot be reached. */
export function fenceSeconds(platform: Platform): { readonly drill: number; readonly platform: number } {
  const { leaseSeconds, skewSeconds, statementTimeoutSeconds } = drillTimes;
  return {
    drill: leaseSeconds + 2 * statementTimeoutSeconds + skewSeconds,
    platform: longestFence({ inFlightSeconds: 2 * postgresOf(platform, database).statementTimeoutSeconds }),
  };
}

/** Brings a fault over a world of its own, and measures each failover in it. */
export async function suffer(
  fault: Fault,
  programs: Programs,
  templates: Templates,
  platform: Platform,
): Promise<readonly Finding[]> {
  const world = await World.start(programs, templates);
  try {
    const observed = await fault.run(world);
    await world.quiet();
    const last = observed.at(-1);
    if (last === undefined) throw new Error(`fault ${fault.name} must observe a failover, got none`);
    const held = await heldBy(world, last.to);
    const wrong = await wrongAtEnd(world, last, held);
    return observed.map((one) => findingOf(fault, world, one, held, one === last ? wrong : [], platform));
  } finally {
    await world.remove();
  }
}

/**
 * One failover of several is measured by what was acknowledged until the other site served, and by what the last site holds:
 * what survived a failover must survive the next one.
 */
function findingOf(
  fault: Fault,
  world: World,
  { from, journal, lostAt, servedAt, to, violations }: Observed,
  held: ReadonlySet<string>,
  wrong: readonly string[],
  platform: Platform,
): Finding {
  const fence = String(factsIn(journal, 'fence')['achieved'] ?? 'unknown');
  const waits = fenceSeconds(platform);
  const recoverySeconds = (servedAt - lostAt) / 1000;
  const writes = world.log.read().filter(({ at }) => at <= servedAt);
  return {
    fault: fault.name,
    way: `${from} to ${to}`,
    fence,
    ...lossesOf(writes, held, lostAt),
    recoverySeconds,
    platformRecoverySeconds: recoverySeconds + (fence === 'expired' ? waits.platform - waits.drill : 0),
    violations: [...violations, ...wrong],
  };
}

/** Everything that a finding breaks: what must hold in every fault, what the fault promises, and the platform's goals. */
export function judge(fault: Fault, finding: Finding, goals: Goals): readonly string[] {
  const { lost, lostLater, platformRecoverySeconds, pointSeconds, violations } = finding;
  const round = (seconds: number): string => seconds.toFixed(1);
  return [
    ...violations,
    ...(fault.mayLose === 'nothing' && lost + lostLater > 0
      ? [`${lost + lostLater} acknowledged writes are lost, and none may be`]
      : []),
    ...(fault.mustLose === true && lost + lostLater === 0 ? ['nothing was lost, so nothing was proved'] : []),
    ...(pointSeconds > goals.pointSeconds
      ? [
          `a write is lost that was acknowledged ${round(pointSeconds)} s before, and the recovery point is ${goals.pointSeconds} s`,
        ]
      : []),
    ...(platformRecoverySeconds > goals.timeSeconds
      ? [
          `databases are back after ${round(platformRecoverySeconds)} s, and the recovery time is ${goals.timeSeconds} s`,
        ]
      : []),
  ];
}
