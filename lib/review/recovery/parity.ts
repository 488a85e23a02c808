import type { Platform } from '../../platform/platform';
import { keyOf, type Capability, type Thing } from './capability';
import type { Pairing } from './pairing';
import { problemAt, type Problem } from './problem';
import { waiverOf } from './waivers';

/** What one site shows, and the things of which nobody knows what they show. */
export interface Shown {
  readonly capabilities: readonly Capability[];
  readonly unknown: readonly Thing[];
  /** File in which a type of its cloud gets a row. */
  readonly rows: string;
}

type Offered = Pick<Shown, 'capabilities'>;

/** Every capability of either site, sorted by name. */
export function pairingsOf(platform: Platform, primary: Offered, recovery: Offered): readonly Pairing[] {
  const [there, here] = [primary, recovery].map(
    ({ capabilities }) => new Map(capabilities.map((each) => [keyOf(each), each])),
  ) as [Map<string, Capability>, Map<string, Capability>];
  return [...new Map([...there, ...here]).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { name, noun }]): Pairing => {
      const [at, other] = [there.get(key)?.at, here.get(key)?.at];
      const waiver = waiverOf(platform, noun);
      return {
        noun,
        name,
        ...(at === undefined ? {} : { primary: at }),
        ...(other === undefined ? {} : { recovery: other }),
        ...(waiver === undefined ? {} : { waiver }),
        ...(isPlacedOnRecovery(platform, noun, name) ? { placed: true as const } : {}),
      };
    });
}

/** What is wrong with pairs: a capability that one site lacks, or that is waived and there. */
export function parityProblems(
  pairings: readonly Pairing[],
  { rows, unknown }: Pick<Shown, 'rows' | 'unknown'>,
): readonly Problem[] {
  return [
    ...pairings.flatMap((each) => pairingProblem(each) ?? []),
    ...unknown.map(({ at, path, type }) =>
      problemAt(
        'parity',
        type,
        `at ${at} (${path}) is neither a capability nor known to be none: give it a row in lib/review/recovery/data/${rows}`,
      ),
    ),
  ];
}

function pairingProblem({ placed, primary, recovery, waiver, ...pairing }: Pairing): Problem | undefined {
  const problem = (text: string): Problem => problemAt('parity', keyOf(pairing), text);
  if (primary !== undefined && recovery === undefined) {
    return waiver === undefined
      ? problem(
          `stands on the primary (${primary}) and not on the recovery site: build it there, or waive it with a reason`,
        )
      : undefined;
  }
  if (primary === undefined) {
    return placed === true
      ? undefined
      : problem(
          `stands on the recovery site (${recovery ?? ''}) and not on the primary: build it there, or take it away here`,
        );
  }
  return waiver === undefined
    ? undefined
    : problem(`is waived, and stands on the recovery site (${recovery ?? ''}): take the waiver ${waiver.of} away`);
}

/** By which noun of the definition parts are placed on sites. */
const PLACED_BY = {
  databases: 'databases',
  backups: 'databases',
  connectionPools: 'databases',
  contents: 'databases',
  caches: 'caches',
  queues: 'queues',
  deadLetters: 'queues',
  topics: 'topics',
  buckets: 'buckets',
  functions: 'functions',
  migrations: 'functions',
} as const satisfies Readonly<Record<string, keyof Platform>>;

const isPlacing = (noun: string): noun is keyof typeof PLACED_BY => Object.hasOwn(PLACED_BY, noun);

/** Whether the definition places a part on the recovery site alone. */
function isPlacedOnRecovery(platform: Platform, noun: string, name: string): boolean {
  const part: object = (isPlacing(noun) ? platform[PLACED_BY[noun]][name] : undefined) ?? {};
  return 'on' in part && !(part.on as readonly string[]).includes('primary');
}
