import { azureName, inScope, resourceGroupId } from '../lib/platform/azure-names';
import { azurePair, whereIs, type PlacedAzureSite } from '../lib/platform/azure-sites';
import { azureSecretName, secretEntry } from '../lib/platform/names';
import type { AwsSite } from '../lib/platform/nouns/site';
import type { PlacedSite, Platform } from '../lib/platform/platform';
import { scopeOf } from '../lib/platform/scopes';
import { storedVersion, vaultEnd, type StoredVersion } from '../lib/platform/secret-values';
import { answerOf, ask } from './ask';

type Named = Pick<Platform, 'name' | 'scopes' | 'stage' | 'stageName'>;

/** A field of a secret. */
export interface Field {
  readonly secret: string;
  readonly field: string;
}

/** Where the values of a site lie. No value is ever printed, or an argument of a command. */
export interface SecretStore {
  /** What people call it: its cloud, and which site where there are two. */
  readonly name: string;
  /** Writes a value as a version, where the cloud keeps that with the day on which it should be another. @throws Error with what the cloud tells people */
  readonly write: (field: Field, value: string, version: string, due?: Date) => void;
  /** @throws Error if the cloud does not tell */
  readonly version: (field: Field) => StoredVersion;
  /** The value of a version, and when it was written, where the store shows them to whoever is outside of its network. */
  readonly read?: (field: Field, version: string) => { readonly value: string; readonly since: Date };
}

const failed = (what: string, stderr: string): Error => new Error(`${what} failed:\n${stderr}`);

/** Secrets Manager keeps the version under the id that it is given. */
function awsStore(platform: Named, { account, region }: AwsSite): SecretStore {
  const command = (action: string, { field, secret }: Field): readonly string[] => [
    ...['aws', 'secretsmanager', action, '--secret-id', secretEntry(platform, secret, field)],
    ...['--region', region, '--output', 'json'],
  ];
  const caller = answerOf(['aws', 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text']).trim();
  if (caller !== account) throw new Error(`aws must be logged in to account ${account}, got ${caller}`);
  return {
    name: 'aws',
    write: (field, value, version) => {
      const what = ['--client-request-token', version, '--secret-string', 'file:///dev/stdin'];
      answerOf([...command('put-secret-value', field), ...what], { input: value });
    },
    version: (field) => {
      const { status, stderr, stdout } = ask(command('describe-secret', field));
      if (/ResourceNotFoundException/.test(stderr)) return 'absent';
      if (status !== 0) throw failed('aws secretsmanager describe-secret', stderr);
      const { VersionIdsToStages: versions = {} } = JSON.parse(stdout) as {
        readonly VersionIdsToStages?: Readonly<Record<string, readonly string[]>>;
      };
      const current = Object.entries(versions).find(([, stages]) => stages.includes('AWSCURRENT'));
      return current === undefined ? 'absent' : storedVersion(current[0]);
    },
    read: (field, version) => {
      const told = answerOf([...command('get-secret-value', field), '--version-id', version]);
      const { CreatedDate, SecretString } = JSON.parse(told) as {
        readonly SecretString: string;
        /** As text, or in seconds where the command line is set so. */
        readonly CreatedDate: string | number;
      };
      const since = new Date(typeof CreatedDate === 'number' ? CreatedDate * 1000 : CreatedDate);
      return { value: SecretString, since };
    },
  };
}

/** Azure's own interface takes a value from anywhere and shows none; the version is a tag, which a value that is written by other means has not. */
function azureStore(platform: Named, site: PlacedAzureSite): SecretStore {
  const named = whereIs(platform, site);
  const isAlone = azurePair(platform) === undefined;
  const vaults = `${resourceGroupId(named, 'foundation')}/providers/Microsoft.KeyVault/vaults`;
  const vaultOf = (secret: string) => azureName('key-vault', inScope(named, scopeOf(platform, 'secrets', secret)));
  const command = (method: string, { field, secret }: Field): readonly string[] => [
    ...['az', 'rest', '--method', method, '--url'],
    `https://management.azure.com${vaults}/${vaultOf(secret)}/secrets/${azureSecretName(secret, field)}?api-version=2023-07-01`,
  ];
  return {
    name: isAlone ? 'azure' : `azure (${site.siteName})`,
    write: (field, value, version, due) => {
      // An entry is read beyond its end as before; the vault tells that it is due.
      const attributes = due === undefined ? {} : { attributes: { exp: Math.floor(vaultEnd(due).getTime() / 1000) } };
      const input = JSON.stringify({ tags: { version }, properties: { value, ...attributes } });
      answerOf([...command('put', field), '--body', '@-', '--output', 'none'], { input });
    },
    version: (field) => {
      const { status, stderr, stdout } = ask([...command('get', field), '--query', '{tags: tags}', '--output', 'json']);
      if (/\b(SecretNotFound|ResourceNotFound|Not Found)\b/.test(stderr)) return 'absent';
      if (status !== 0) throw failed('az rest', stderr);
      const { tags } = JSON.parse(stdout) as { readonly tags?: { readonly version?: string } | null };
      return storedVersion(tags?.version);
    },
  };
}

/** The store of a site. @throws Error if it is logged in elsewhere */
export const secretStore = (platform: Named, site: PlacedSite): SecretStore =>
  site.cloud === 'aws' ? awsStore(platform, site) : azureStore(platform, site);
