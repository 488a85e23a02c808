import type { Capacity } from './nouns/scalars';
import type { Platform, SiteName } from './platform';
import { leaseSeconds } from './sql/keeper';
import { keeperUser } from './sql/roles';

/** What starts every program of the image of recovery, from the directory in which the image starts. */
export const programStart: readonly string[] = ['node', '--require', 'tsx/cjs'];

/** Ours: Node.js, a connection a database, and the definition. */
export const keeperCapacity: Capacity = { vcpu: 0.25, memoryGiB: 0.5 };

/** In two zones, so that one which is replaced, or lost with its zone, leaves one that renews. */
export const keeperCount = 2;

/** File that a keeper touches whenever every database has had its turn. */
export const turnFile = '/tmp/turned';

/** Asks whether a keeper still takes turns: it hangs if there was none for a minute, which is twelve beats. */
export const turnCheck: readonly string[] = ['sh', '-c', `test -n "$(find ${turnFile} -mmin -1)"`];

/** How it is asked, in seconds: once it has started, three failures end it. */
export const turnQuestions = { startSeconds: 60, intervalSeconds: 15, timeoutSeconds: 5, failures: 3 } as const;

/** Names of the variables of a keeper. */
export const keeperVariables = {
  latch: 'KEEPER_LATCH',
  lease: 'KEEPER_LEASE_SECONDS',
  /** How it reaches a database. */
  database: (name: string): string => `KEEPER_${name}`.toUpperCase().replaceAll('-', '_'),
} as const;

/** The command of the keeper of a site. */
export const keeperCommand = (platform: Pick<Platform, 'name' | 'stageName'>, site: SiteName): readonly string[] => [
  ...programStart,
  'bin/keeper.ts',
  '--platform',
  platform.name,
  '--stage',
  platform.stageName,
  '--site',
  site,
  '--turned',
  turnFile,
];

/** What a keeper is told. */
export interface KeeperTold {
  readonly latch: string;
  /** Where writes of each database go: the server itself, past every pool. */
  readonly servers: Readonly<Record<string, { readonly host: string; readonly port: number }>>;
}

/** The variables of a keeper: names, addresses and times, and nothing secret. */
export const keeperEnvironment = ({ latch, servers }: KeeperTold): Readonly<Record<string, string>> => ({
  [keeperVariables.latch]: latch,
  [keeperVariables.lease]: String(leaseSeconds),
  ...Object.fromEntries(
    Object.entries(servers).map(([name, { host, port }]) => [
      keeperVariables.database(name),
      `postgresql://${keeperUser}@${host}:${port}`,
    ]),
  ),
});

/** What a turn tells of itself that found out whether the site leads, and did what follows from that. */
export const turnsThatKept = ['renewed', 'released', 'nothing'] as const;
