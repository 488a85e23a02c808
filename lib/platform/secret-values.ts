import { refuse, type Problem } from './error';
import { currentField, keyIds, type KeyId } from './gateway/token-keys';
import { didYouMean } from './nearest';
import { sitesOf, type Platform, type PlacedSite } from './platform';

type Secrets = Pick<Platform, 'name' | 'stageName' | 'secrets'>;

/** Values of a secret, by field. */
export type SecretValues = Readonly<Record<string, string>>;

/** What a vault on Azure takes of a value, in bytes; AWS takes more. */
const mostBytes = 25_600;

const subject = ({ name, stageName }: Secrets): string => `platform ${name}, stage ${stageName}`;

/**
 * The fields of a secret.
 *
 * @throws PlatformError if the platform has no such secret
 */
export function fieldsOf(platform: Secrets, secret: string): readonly string[] {
  const known = Object.keys(platform.secrets);
  const spec = Object.hasOwn(platform.secrets, secret) ? platform.secrets[secret] : undefined;
  if (spec !== undefined) return spec.fields;
  const remedy = didYouMean(secret, known, `add it to secrets of platforms/${platform.name}.ts`);
  const problem = { path: 'secrets', got: secret, allowed: `one of ${known.join(', ')}`, remedy };
  refuse(subject(platform), [problem]);
  return [];
}

/** What a value is like that no vault should have; never the value. */
function faultOf(value: unknown): { readonly got: string; readonly remedy: string } | undefined {
  if (typeof value !== 'string') return { got: `of type ${typeof value}`, remedy: 'write it as text' };
  if (value.trim() === '') return { got: 'nothing', remedy: 'write the value' };
  if (value.replace(/\n$/, '').trim() !== value.replace(/\n$/, '')) {
    return { got: 'text with blanks around it', remedy: 'take them away' };
  }
  const bytes = Buffer.byteLength(value);
  return bytes > mostBytes
    ? { got: `${bytes} bytes`, remedy: 'it is too long to be a secret: keep it elsewhere' }
    : undefined;
}

/**
 * The values of a secret that somebody gives: some of its fields or all. The line end of a file is none of a value.
 *
 * @throws PlatformError that lists every field that the secret has not, and every value that is none, and tells no value
 */
export function parseSecretValues(platform: Secrets, secret: string, input: unknown): SecretValues {
  const fields = fieldsOf(platform, secret);
  const allowed = `text of 1 to ${mostBytes} bytes for some of ${fields.join(', ')}`;
  const given = typeof input === 'object' && input !== null && !Array.isArray(input) ? Object.entries(input) : [];
  const problems = given.flatMap(([field, value]): readonly Problem[] => {
    const path = `secrets.${secret}.${field}`;
    if (!fields.includes(field)) {
      return [
        { path, got: field, allowed: `one of ${fields.join(', ')}`, remedy: didYouMean(field, fields, 'remove it') },
      ];
    }
    const fault = faultOf(value);
    return fault === undefined ? [] : [{ path, allowed, ...fault }];
  });
  const nothing = { path: `secrets.${secret}`, got: 'no field', allowed, remedy: 'give {"<field>": "<value>"}' };
  refuse(subject(platform), given.length === 0 ? [nothing] : problems);
  return Object.fromEntries(given.map(([field, value]) => [field, String(value).replace(/\n$/, '')]));
}

/** Which version of a value a store has: the one that was pushed last, `unknown` where something else wrote it, or none. */
export type StoredVersion = { readonly id: string } | 'unknown' | 'absent';

/** What the id of a version begins with that was pushed. Others are a store's own, of what people or the store itself wrote. */
const pushed = 'pushed-';

/** Id of a version that is pushed, from a word that no other version has. */
export const pushedVersion = (word: string): string => `${pushed}${word}`;

/** Which key pair of tokens signs, and since when. */
export interface Signing {
  readonly id: KeyId;
  readonly since: Date;
}

const minuteMilliseconds = 60_000;

/** Id of the version that says which pair signs: where no value can be read, it still tells. */
export const signingVersion = ({ id, since }: Signing, word: string): string =>
  pushedVersion([id, Math.floor(since.getTime() / minuteMilliseconds), word].join('-'));

/** Which pair signs, by the version that says it; nothing where it was not pushed. */
export function signingOf(version: StoredVersion): Signing | undefined {
  const [, word = '', minutes] = (typeof version === 'object' && /^pushed-([a-z])-(\d+)-/.exec(version.id)) || [];
  const id = keyIds.find((each) => each === word);
  return id === undefined ? undefined : { id, since: new Date(Number(minutes) * minuteMilliseconds) };
}

/** Which version it is, by its id or without one. */
export const storedVersion = (id: string | undefined): StoredVersion =>
  id?.startsWith(pushed) === true ? { id } : 'unknown';

/** A day later, or as many as are said. */
const daysAfter = (days: number, since: Date): Date => new Date(since.getTime() + days * 86_400_000);

/** When a value that was written then should be another; nothing where nobody has to change it, as halves of key pairs, which change with who signs. */
export function dueDate(
  { gateway, secrets }: Pick<Platform, 'gateway' | 'secrets'>,
  { field, secret }: { readonly secret: string; readonly field: string },
  since: Date,
): Date | undefined {
  const signs = secret === gateway?.tokens.secret && field === currentField;
  const days = signs ? gateway?.tokens.rotateDays : secrets[secret]?.rotateDays;
  return days === undefined ? undefined : daysAfter(days, since);
}

/** A vault on Azure tells so many days ahead that a value is near its end, and cannot be told otherwise. */
const noticeDays = 30;

/** The end that a vault on Azure is given for a value, so that it tells on the day on which the value should be another. */
export const vaultEnd = (due: Date): Date => daysAfter(noticeDays, due);

/** What the stores of a stage have of one field, by what people call them. */
export type StoredVersions = Readonly<Record<string, StoredVersion>>;

/** What is wrong with a field, of which every store should have the version that was pushed last; nothing where all have it. */
export function versionsDiffer(versions: StoredVersions): string | undefined {
  const told = Object.entries(versions);
  const having = (what: StoredVersion): readonly string[] =>
    told.filter(([, version]) => version === what).map(([cloud]) => cloud);
  const [absent, unknown] = [having('absent'), having('unknown')];
  if (absent.length > 0) return `${absent.join(' and ')} has no value: push it`;
  if (told.length < 2) return undefined;
  const by = `was not pushed, so that nobody knows whether it is that of the other site: push it`;
  if (unknown.length > 0) return `the value on ${unknown.join(' and ')} ${by}`;
  const ids = new Set(told.map(([, version]) => (typeof version === 'object' ? version.id : version)));
  return ids.size === 1 ? undefined : `${told.map(([cloud]) => cloud).join(' and ')} have different values: push it`;
}

/** Where a value of a secret is written: every site, or the one that is named. Where each has a value of its own, one must be. */
export function sitesOfSecret(
  platform: Pick<Platform, 'secrets' | 'stage'>,
  secret: string,
  named: string | undefined,
): readonly PlacedSite[] {
  const sites = sitesOf(platform);
  const names = sites.map(({ siteName }) => siteName);
  const found = sites.filter(({ siteName }) => named === undefined || siteName === named);
  if (found.length === 0) throw new Error(`--site must be one of ${names.join(', ')}, got ${named}`);
  if (platform.secrets[secret]?.replicated === false && found.length > 1) {
    throw new Error(`secrets.${secret} has a value on each site: say which, --site ${names.join(' or --site ')}`);
  }
  return found;
}
