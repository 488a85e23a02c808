import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { ArchiveWriter } from '../../lib/azure/archive-writer';
import { Bucket } from '../../lib/azure/bucket';
import { Cache } from '../../lib/azure/cache';
import { Database } from '../../lib/azure/database';
import { GeoReplica } from '../../lib/azure/database-geo-replica';
import { Documents } from '../../lib/azure/documents';
import { FlagWriter } from '../../lib/azure/flag-writer';
import { Flags } from '../../lib/azure/flags';
import { FailoverStore } from '../../lib/azure/failover-store';
import { GeoKey } from '../../lib/azure/geo-key';
import type { LedgerStore } from '../../lib/azure/ledger-store';
import type { LoadStore } from '../../lib/azure/load-store';
import { privateEndpoint } from '../../lib/azure/private-endpoint';
import { flagCopySite, flagsOn } from '../../lib/platform/azure-flags';
import { databaseEndpoint } from '../../lib/platform/azure-hosts';
import { isOnBoth, whereShared } from '../../lib/platform/azure-sites';
import { byName } from '../../lib/platform/by-name';
import { pascalCase } from '../../lib/platform/ids';
import type { Place } from '../../lib/azure/place';
import { Search } from '../../lib/azure/search';
import type { SqlDatabase } from '../../lib/azure/sql-database';
import { StorageAccount } from '../../lib/azure/storage-account';
import { storageKind, type StorageKind } from '../../lib/platform/azure-storage';
import { waitFor } from '../../lib/azure/wait-for';
import { keepsFailover } from '../../lib/platform/failover-store';
import { serverBackupRegion } from '../../lib/platform/azure-paired-regions';
import { postgresOn } from '../../lib/platform/placed-databases';
import { aiSearches } from '../../lib/platform/nouns/storage';
import { named } from '../../lib/platform/named';
import { copierWord } from '../../lib/platform/names';
import { objectCopies } from '../../lib/platform/object-copies';
import { placedOn } from '../../lib/platform/platform';
import type { Foundation } from './foundation';
import { grantUses } from './grant-uses';
import { makeLedgerStore } from './ledger-store';
import { makeLoadStore } from './load-store';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';
import { makeSqlDatabases } from './sql-databases';

export interface DataStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  /** Data of the other site on Azure, of which this one has copies. @default - this one has everything itself */
  readonly home?: DataStack | undefined;
}

/** What everything in the stack is given. */
type Shared = Pick<Foundation, 'encryption' | 'monitoring' | 'network'> & { readonly place: Place };

/** Everything that keeps data: databases, caches and buckets, each open to the services that use it. */
export class DataStack extends TerraformStack {
  /** PostgreSQL databases, by name. */
  public readonly databases: Readonly<Record<string, Database>>;
  /** Replicas of those of the other site on Azure, by name. */
  public readonly replicas: Readonly<Record<string, GeoReplica>>;
  /** Databases of Azure SQL, by name. */
  public readonly sqlDatabases: Readonly<Record<string, SqlDatabase>>;
  /** Keeps digests of their ledgers, if there are any. */
  public readonly ledgerStore: LedgerStore | undefined;
  /** Keeps what load tests found, if the site runs any. */
  public readonly loadStore: LoadStore | undefined;
  public readonly documents: Readonly<Record<string, Documents>>;
  /** Stores of flags, by the set; those of the other site on Azure are not among them. */
  public readonly flags: Readonly<Record<string, Flags>>;
  public readonly searches: Readonly<Record<string, Search>>;
  public readonly caches: Readonly<Record<string, Cache>>;
  public readonly buckets: Readonly<Record<string, Bucket>>;
  /** Accounts in which the buckets stand, by what they are for. */
  public readonly storage: Readonly<Partial<Record<StorageKind, StorageAccount>>>;

  public constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id);
    const { encryption, monitoring, network } = props.foundation;
    const shared = { place: preparePlatformStack(this, 'data', props), encryption, monitoring, network };
    this.databases = this.makeDatabases(shared, props);
    this.replicas = this.makeReplicas(shared, props);
    this.sqlDatabases = makeSqlDatabases(this, { ...props, place: shared.place });
    this.ledgerStore = makeLedgerStore(this, shared, props);
    this.loadStore = makeLoadStore(this, shared, props);
    this.documents = this.makeDocuments(shared, props);
    this.flags = this.makeFlags(shared, props);
    this.searches = this.makeSearches(shared, props);
    this.caches = this.makeCaches(shared, props);
    this.storage = this.makeStorage(shared, props);
    this.buckets = this.makeBuckets(shared, props);
    this.keepFailover(props);
    this.changeFlags(shared, props);
    this.grant(props);
  }

  private makeDatabases(
    shared: Shared,
    { foundation, home, platform, site }: DataStackProps,
  ): Readonly<Record<string, Database>> {
    const specs = postgresOn(platform, site.siteName).filter(([name]) => home?.databases[name] === undefined);
    const geoKey = specs.length === 0 ? undefined : this.makeGeoKey(shared);
    return byName(specs, 'Database', (id, name, spec) => {
      const database = new Database(this, id, {
        ...shared,
        name,
        spec,
        users: usersOf(platform, name),
        administrators: site.administrators,
        migration: foundation.workloads.migration,
        followed: isOnBoth(platform, spec),
        ...(geoKey === undefined ? {} : { geoKey }),
      });
      // A key can be used once its use is granted.
      if (geoKey !== undefined) waitFor(database.writer.server, [geoKey.grant]);
      return database;
    });
  }

  /** Databases of which the other site has the server that takes writes. */
  private makeReplicas(shared: Shared, { home, platform, site }: DataStackProps): Readonly<Record<string, GeoReplica>> {
    const followed = postgresOn(platform, site.siteName).filter(([name]) => home?.databases[name] !== undefined);
    return byName(followed, 'Database', (id, name, spec) => {
      const { settings, writer } = named('databases', home?.databases ?? {}, name);
      return new GeoReplica(this, id, {
        ...shared,
        name,
        spec,
        users: usersOf(platform, name),
        writer: writer.server,
        writerSettings: settings,
        endpointName: databaseEndpoint(whereShared(platform, site), name),
        pointMinutes: platform.goals.recovery?.databasePointMinutes,
      });
    });
  }

  private makeGeoKey(shared: Shared): GeoKey | undefined {
    const { isProtected, location } = shared.place;
    const region = isProtected ? serverBackupRegion(location) : undefined;
    return region === undefined ? undefined : new GeoKey(this, 'BackupKey', { ...shared, region });
  }

  private makeDocuments(shared: Shared, { platform, site }: DataStackProps): Readonly<Record<string, Documents>> {
    return byName(
      placedOn(platform.documents, site.siteName),
      'Documents',
      (id, name, spec) => new Documents(this, id, { ...shared, name, spec }),
    );
  }

  /** A set on two sites has one store, with a copy in the region of the second; its network reaches both by an address of its own. */
  private makeFlags(shared: Shared, { home, platform, site }: DataStackProps): Readonly<Record<string, Flags>> {
    const { place, network } = shared;
    const sets = flagsOn(platform, site.siteName);
    for (const [name] of sets) {
      const there = home?.flags[name];
      if (there === undefined) continue;
      const targetId = there.store.id;
      privateEndpoint(this, `${pascalCase(name)}FlagsEndpoint`, { place, network, name, targetId, service: 'flags' });
    }
    return byName(
      sets.filter(([name]) => home?.flags[name] === undefined),
      'Flags',
      (id, name) => {
        const copy = flagCopySite(platform, name);
        return new Flags(this, id, {
          ...shared,
          name,
          administrators: site.administrators,
          copy: copy && { name: copy.siteName, region: copy.region },
        });
      },
    );
  }

  private makeSearches(shared: Shared, { platform, site }: DataStackProps): Readonly<Record<string, Search>> {
    const { administrators } = site;
    return byName(
      aiSearches(placedOn(platform.searches, site.siteName)),
      'Search',
      (id, name, spec) => new Search(this, id, { ...shared, administrators, name, spec }),
    );
  }

  private makeCaches(shared: Shared, { platform, site }: DataStackProps): Readonly<Record<string, Cache>> {
    return byName(
      placedOn(platform.caches, site.siteName),
      'Cache',
      (id, name, spec) => new Cache(this, id, { ...shared, name, spec }),
    );
  }

  private makeStorage(
    shared: Shared,
    { platform, site }: DataStackProps,
  ): Readonly<Partial<Record<StorageKind, StorageAccount>>> {
    const specs = placedOn(platform.buckets, site.siteName);
    const kinds = [...new Set(specs.map(([, spec]) => storageKind(spec)))].sort();
    return Object.fromEntries(
      kinds.map((kind) => [
        kind,
        new StorageAccount(this, `${pascalCase(kind)}Storage`, {
          ...shared,
          kind,
          buckets: Object.fromEntries(specs.filter(([, spec]) => storageKind(spec) === kind)),
          serves: specs.some(([name, spec]) => name === platform.edge?.assets && storageKind(spec) === kind),
        }),
      ]),
    );
  }

  private makeBuckets({ place }: Shared, { platform, site }: DataStackProps): Readonly<Record<string, Bucket>> {
    const { archive } = this.storage;
    const archiveWriter =
      archive === undefined ? undefined : new ArchiveWriter(this, 'ArchiveWriter', { place, storage: archive });
    return byName(placedOn(platform.buckets, site.siteName), 'Bucket', (id, name, spec) => {
      const kind = storageKind(spec);
      const storage = this.storage[kind];
      if (storage === undefined) throw new Error(`buckets.${name} has no ${kind} account`);
      return new Bucket(this, id, {
        place,
        storage,
        name,
        spec,
        served: name === platform.edge?.assets,
        ...(kind === 'archive' && archiveWriter !== undefined ? { archiveWriter } : {}),
      });
    });
  }

  /** The control runs as who brings databases up to date: a promotion changes the roles that this identity made. */
  private keepFailover({ foundation, platform, site }: DataStackProps): void {
    const { assets } = this.storage;
    if (assets === undefined || !keepsFailover(platform, site)) return;
    new FailoverStore(this, 'FailoverStore', { account: assets.account, control: foundation.workloads.migration });
  }

  /** Stores are the first site's, and so is the identity: it writes from the clusters of both. */
  private changeFlags({ place }: Shared, { foundation }: DataStackProps): void {
    const identity = foundation.workloads.flags;
    const stores = Object.fromEntries(Object.entries(this.flags).map(([name, { store }]) => [name, store.id]));
    if (identity === undefined || Object.keys(stores).length === 0) return;
    new FlagWriter(this, 'FlagWriter', { place, identity, stores });
  }

  /**
   * Roles of each service, and of what copies objects. The gateway has none: it counts requests beside itself in the cluster, since it cannot log in to a
   * cache that takes tokens alone (docs/adr/0015-gateway-on-kubernetes.md).
   */
  private grant({ foundation, platform }: DataStackProps): void {
    const { buckets, caches, documents, flags, searches } = this;
    grantUses({ platform, identities: foundation.identities, parts: { buckets, caches, documents, flags, searches } });
    const { copierIdentity } = foundation;
    if (copierIdentity === undefined) return;
    for (const { name } of objectCopies(platform)?.buckets ?? []) {
      const bucket = named('buckets', buckets, name);
      bucket.grant(bucket, copierIdentity, { service: copierWord, kind: 'writes' });
    }
  }
}

/** Services and functions that log in to a database. */
const usersOf = ({ functions, services }: PlatformStackProps['platform'], database: string): readonly string[] =>
  Object.entries({ ...services, ...functions })
    .filter(([, { uses }]) => uses.databases.includes(database))
    .map(([name]) => name);
