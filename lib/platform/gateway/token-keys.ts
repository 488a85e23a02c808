import type { Gateway } from '../nouns/gateway';
import { sitesOf, type Platform } from '../platform';

/**
 * The key pairs of tokens, in the order in which they sign: one signs, the one before it did, the one after it will. A token names its own as
 * `kid`. A rotation writes another pair in place of the one that signed before, and lets the next one sign, which was known for a whole
 * period by then: readers may start anew in any order, and at any time until the rotation after it.
 */
export const keyIds = ['a', 'b', 'c'] as const;
export type KeyId = (typeof keyIds)[number];

/** Who signs after it. */
export const keyAfter = (id: KeyId): KeyId => keyIds[(keyIds.indexOf(id) + 1) % keyIds.length] ?? keyIds[0];

/** Something for each key. */
export const byKey = <Part>(make: (id: KeyId) => Part): Readonly<Record<KeyId, Part>> => ({
  a: make('a'),
  b: make('b'),
  c: make('c'),
});

/** Field with the id of the pair that signs. */
export const currentField = 'current';

type Half = 'privateKey' | 'publicKey' | 'modulus';

/** Field with a part of a pair: halves in PEM, and what of the public one API Management verifies by, in base64url. */
export const keyField = (half: Half, id: KeyId): string => `${half}${id.toUpperCase()}`;

/** Everything that is kept of each pair. */
const halves = (kind: Gateway['kind']): readonly Half[] => [
  'privateKey',
  'publicKey',
  ...(kind === 'api-management' ? (['modulus'] as const) : []),
];

/** The fields of the secret of tokens. */
export const tokenKeyFields = ({ kind }: Pick<Gateway, 'kind'>): readonly string[] => [
  currentField,
  ...halves(kind).flatMap((half) => keyIds.map((id) => keyField(half, id))),
];

/** The platform with the fields of the secret of tokens, which no definition has to name. */
export function withTokenKeys(platform: Platform): Platform {
  const { gateway, secrets } = platform;
  const secret = gateway === undefined ? undefined : secrets[gateway.tokens.secret];
  return gateway === undefined || secret === undefined || secret.fields.length > 0
    ? platform
    : { ...platform, secrets: { ...secrets, [gateway.tokens.secret]: { ...secret, fields: tokenKeyFields(gateway) } } };
}

/** The clocks of who signs and who verifies are at most so far apart, in seconds. */
const clockSeconds = 60;

/** A token that is to be good for longer is refused, in seconds. */
export const longestSeconds = ({ lifetimeMinutes }: Pick<Gateway['tokens'], 'lifetimeMinutes'>): number =>
  lifetimeMinutes * 60 + clockSeconds;

/** Days after a rotation in which whatever reads keys has started anew, even by a release that takes its time. */
export const settlingDays = 1;

/** A pair must have signed for so long before the one before it is given up, in minutes: whatever that one signed has ended. */
export const leastAgeMinutes = ({ lifetimeMinutes }: Pick<Gateway['tokens'], 'lifetimeMinutes'>): number =>
  settlingDays * 1440 + lifetimeMinutes;

/** Days beyond the term after which somebody is called: a rotation begins within the day, and is tried again when it failed. */
export const graceDays = 3;

/**
 * Whether machines rotate the keys. They do where all that reads them are tasks on AWS, which can be started anew from there; a second cloud
 * would have to follow at once, and pods start anew from within their cluster: people rotate those, by a command, and are told when.
 */
export const rotatesByItself = (platform: Pick<Platform, 'gateway' | 'stage'>): boolean =>
  platform.gateway !== undefined && sitesOf(platform).every((site) => site.cloud === 'aws' && site.runtime === 'ecs');

/** Services that have the keys, by which they sign or verify. */
export const keyReaders = ({ gateway, services }: Pick<Platform, 'gateway' | 'services'>): readonly string[] =>
  gateway === undefined
    ? []
    : Object.entries(services)
        .filter(([, { uses }]) => uses.secrets.includes(gateway.tokens.secret))
        .map(([name]) => name);
