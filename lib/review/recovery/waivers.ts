import type { Platform } from '../../platform/platform';

/** A capability that the definition says the recovery site does without. */
export interface Waiver {
  /** Noun in the definition: `searches`. */
  readonly of: string;
  readonly reason: string;
  /** What its absence adds to the recovery time. */
  readonly minutes: number;
}

/** Which waiver of the definition covers a noun. What is missing here cannot be waived. */
const COVERED_BY: Readonly<Record<string, keyof NonNullable<RecoverySite>['waives']>> = {
  caches: 'caches',
  searches: 'searches',
  queues: 'queues',
  deadLetters: 'queues',
  topics: 'topics',
  subscriptions: 'topics',
  flags: 'flags',
  emailDomains: 'messages',
  messageFeedback: 'messages',
  workflows: 'workflows',
  functions: 'functions',
  objects: 'objects',
  edge: 'edge',
  firewall: 'edge',
  gateway: 'gateway',
  routes: 'gateway',
  readReplicas: 'readReplicas',
  backups: 'backups',
  releases: 'releases',
};
type RecoverySite = Platform['stage']['sites']['recovery'];

/** The waivers of a platform's recovery site, sorted by noun. */
export const waiversOf = ({ stage }: Pick<Platform, 'stage'>): readonly Waiver[] =>
  Object.entries(stage.sites.recovery?.waives ?? {})
    .flatMap(([of, waiver]) => (waiver === undefined ? [] : [{ of, ...waiver }]))
    .sort((a, b) => (a.of < b.of ? -1 : 1));

/** Under which waiver of the definition a capability of a noun would be waived. */
export const coveredBy = (noun: string): string | undefined => COVERED_BY[noun];

/** The waiver that covers a noun, if the definition has it. */
export const waiverOf = (platform: Pick<Platform, 'stage'>, noun: string): Waiver | undefined =>
  waiversOf(platform).find(({ of }) => of === coveredBy(noun));
