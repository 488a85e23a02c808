import { flagHosts } from './azure-flags';
import { azureHosts, azurePorts } from './azure-hosts';
import { inScope } from './azure-names';
import { storageKind } from './azure-storage';
import type { Authentications, Source } from './contract';
import type { Documents } from './nouns/documents';
import type { SmsSender } from './nouns/messages';
import { messagesHostOf, type SiteOutputs } from './outputs';
import type { Platform } from './platform';
import { azureHome, isHome, isOnBoth, whereIs, whereShared, type PlacedAzureSite } from './azure-sites';
import { named } from './named';
import { required } from './required';
import { scopeOf } from './scopes';

/** How Azure authenticates whoever uses a part: as the workload's own identity of Entra ID. */
export const azureAuthentications: Authentications = {
  databases: 'entra',
  caches: 'entra',
  searches: 'entra',
  messages: 'entra',
};

/** Where the parts stand that are asked for, and who asks. */
export interface AzureValues {
  readonly platform: Pick<
    Platform,
    'name' | 'stage' | 'stageName' | 'buckets' | 'databases' | 'documents' | 'flags' | 'messages' | 'scopes'
  >;
  /** Where whoever asks stands. */
  readonly site: PlacedAzureSite;
  /** What the site told, where hosts are asked for that nobody knows before. @default - nothing */
  readonly outputs?: Pick<SiteOutputs, 'messages'>;
  /** Object id of the identity of whoever asks: its user in a cache. @default - it uses no cache */
  readonly principalId?: string;
}

/** Regions in which documents lie, the one that takes writes first. */
export const documentRegions = (
  region: string,
  documents: Pick<Documents, 'regions'> | undefined,
): readonly string[] => [region, ...(documents?.regions ?? [])];

/**
 * What Azure fills in for a value of the contract.
 *
 * @throws Error if Azure has no such noun, which the checks of a platform refuse before.
 */
export function azureValue({ field, name, noun }: Source, given: AzureValues): string {
  const { platform, site } = given;
  const where = whereIs(platform, site);
  switch (noun) {
    case 'databases': {
      const spec = platform.databases[name];
      const sql = spec?.engine === 'sqlserver';
      if (field === 'port') return String(sql ? azurePorts.sqlServer : azurePorts.databasePool);
      if (sql) return azureHosts.sqlServer(inScope(where, scopeOf(platform, 'databases', name)));
      // Its names are those of the site that has it first, and follow its writer from there.
      const writer =
        spec?.on.includes(azureHome(platform, site).siteName) === true ? whereShared(platform, site) : where;
      return field === 'readerHost' ? readerHost(given, name) : azureHosts.databaseWriter(writer, name);
    }
    case 'caches': {
      if (field === 'port') return String(azurePorts.cache);
      if (field !== 'user') return azureHosts.cache(where, name);
      if (given.principalId === undefined) throw new Error(`caches.${name} must be used by an identity, got none`);
      return given.principalId;
    }
    case 'documents':
      return field === 'regions'
        ? documentRegions(site.region, platform.documents[name]).join(',')
        : `https://${azureHosts.documents(where, name)}:443/`;
    case 'searches':
      return `https://${azureHosts.search(where, name)}`;
    case 'buckets': {
      const spec = platform.buckets[name];
      if (spec === undefined) throw new Error(`no bucket ${name}`);
      return azureHosts.bucket(where, storageKind(spec), name);
    }
    case 'queues':
    case 'topics':
      return `sb://${azureHosts.serviceBus(whereShared(platform, site))}/${name}`;
    case 'flags':
      return flagHosts(platform, site, name)
        .map((host) => `https://${host}`)
        .join(',');
    case 'messages': {
      if (field === 'smsTag') return name;
      const [kind, country = ''] = field.split('/');
      return kind === 'smsFrom'
        ? azureSender(
            `messages.${name}.sms.countries.${country}.azure`,
            platform.messages[name]?.sms?.countries[country],
          )
        : `https://${messagesHostOf(given.outputs ?? {}, name)}`;
    }
    default:
      throw new Error(`${noun}.${name} must stand on azure to be used there, got nothing: waive ${noun} on the site`);
  }
}

/**
 * Where data of a PostgreSQL database is read that may be a little old: the reader of its pair of names, but where that leads to
 * the replica in another region, a server of the own one, which is the first replica, or the replica that may take over.
 */
function readerHost({ platform, site }: AzureValues, name: string): string {
  const spec = named('databases', platform.databases, name);
  const where = whereIs(platform, site);
  if (!isOnBoth(platform, spec)) return azureHosts.databaseReader(where, name);
  return isHome(platform, site) ? azureHosts.databaseServer(where, name, '1') : azureHosts.databaseServer(where, name);
}

/** From whom an SMS is on Azure: by name, or by the number that people bought. */
const azureSender = (path: string, sender: SmsSender | undefined): string =>
  required(path, sender?.kind === 'name' ? sender.name : sender?.azure);
