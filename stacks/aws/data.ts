import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { AdmittedOffices } from '../../lib/aws/admitted-offices';
import type { Alarms } from '../../lib/aws/alarms';
import { Backup } from '../../lib/aws/backup';
import { Bucket } from '../../lib/aws/bucket';
import type { Reach } from '../../lib/aws/capability';
import { Cache } from '../../lib/aws/cache';
import { Database } from '../../lib/aws/database';
import { databasePort } from '../../lib/aws/database-settings';
import { byName } from '../../lib/platform/by-name';
import { pascalCase } from '../../lib/platform/ids';
import type { Keys } from '../../lib/aws/keys';
import type { LogArchive } from '../../lib/aws/log-archive';
import type { Scope, Scopes } from '../../lib/aws/scope';
import { inScope, markGroup } from '../../lib/aws/scope-marks';
import { dataSubnets } from '../../lib/aws/database-server';
import { scopeOf } from '../../lib/platform/scopes';
import { scopeTier } from '../../lib/platform/subnets';
import { Search } from '../../lib/aws/search';
import { stagePrefix } from '../../lib/platform/names';
import { postgresOn } from '../../lib/platform/placed-databases';
import { rushConnections } from '../../lib/platform/sql/connections';
import { openSearches } from '../../lib/platform/nouns/storage';
import { placedOn } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface DataStackProps extends PlatformStackProps {
  readonly vpc: ec2.IVpc;
  readonly keys: Keys;
  readonly alarms: Alarms;
  readonly accessLogs: s3.IBucket;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
  /** Parts that are judged apart. */
  readonly scopes: Scopes;
  /** Where logs of databases are copied to that are in none of them; absent where no copy is kept. */
  readonly archive: LogArchive | undefined;
}

/** Everything that keeps data: databases, caches, search domains, buckets, and their backups. */
export class DataStack extends Stack {
  public readonly capabilities: {
    readonly databases: Readonly<Record<string, Database>>;
    readonly caches: Readonly<Record<string, Cache>>;
    readonly searches: Readonly<Record<string, Search>>;
    /** None: documents stand on Azure alone. */
    readonly documents: Readonly<Record<string, never>>;
    readonly buckets: Readonly<Record<string, Bucket>>;
  };

  public constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    this.capabilities = {
      databases: this.databases(props),
      caches: this.caches(props),
      searches: this.searches(props),
      documents: {},
      buckets: this.buckets(props),
    };
    this.backUp(props);
    this.admitOffices(props);
  }

  private databases({
    alarms,
    archive,
    endpoints,
    keys,
    platform,
    scopes,
    site,
    vpc,
  }: DataStackProps): Readonly<Record<string, Database>> {
    return byName(postgresOn(platform, site.siteName), 'Database', (id, name, spec) => {
      const scope = scopes[scopeOf(platform, 'databases', name) ?? ''];
      const own = scope?.keys ?? keys;
      const database = new Database(this, id, {
        name,
        prefix: stagePrefix(platform),
        spec,
        vpc,
        subnets: scope === undefined ? dataSubnets : { subnetGroupName: scopeTier(scope.name, 'databases') },
        endpoints,
        key: own.data,
        logsKey: own.logs,
        secretsKey: own.secrets,
        alarms,
        protected: platform.stage.protected,
        logDays: platform.stage.logDays,
        replicated: platform.stage.sites.recovery !== undefined && spec.on.includes('recovery'),
        recoveryPointMinutes: platform.goals.recovery?.databasePointMinutes,
        rushConnections: rushConnections(spec, platform.goals),
      });
      if (scope !== undefined) this.setApart(database, scope);
      const copies = scope === undefined ? archive : scope.archive;
      for (const group of database.logs.groups) copies?.keep(group, 'Archived', group);
      return database;
    });
  }

  /** What a database of a scope is besides: known to a review. */
  private setApart(database: Database, { name }: Scope): void {
    markGroup(database.securityGroup, database.name, []);
    markGroup(database.proxy.securityGroup, `pool of ${database.name}`, []);
    inScope(database, name);
  }

  /** Into a scope leads no way from an office. */
  private admitOffices({ platform, site }: DataStackProps): void {
    const all = Object.values(this.capabilities.databases);
    for (const { name, proxy } of all.filter((each) => scopeOf(platform, 'databases', each.name) === undefined)) {
      new AdmittedOffices(this, `${pascalCase(name)}Offices`, {
        offices: site.network.offices,
        kind: 'databases',
        called: `the pool of ${name}`,
        securityGroup: proxy.securityGroup,
        port: databasePort,
      });
    }
  }

  private caches({ alarms, keys, platform, site, vpc }: DataStackProps): Readonly<Record<string, Cache>> {
    return byName(placedOn(platform.caches, site.siteName), 'Cache', (id, name, spec) => {
      return new Cache(this, id, {
        name,
        spec,
        platform,
        users: Object.entries(platform.services)
          .filter(([, { uses }]) => uses.caches.includes(name))
          .map(([service]) => service),
        talkers: Object.keys(platform.services).filter((service) => platform.services[service]?.sockets !== undefined),
        // In a cluster it counts in a counter beside it.
        gatewayUser: site.runtime === 'ecs' && platform.gateway?.limitsCache === name,
        vpc,
        key: keys.data,
        secretsKey: keys.secrets,
        logsKey: keys.logs,
        alarms,
        logDays: platform.stage.logDays,
        protected: platform.stage.protected,
      });
    });
  }

  private searches({ alarms, keys, platform, site, vpc }: DataStackProps): Readonly<Record<string, Search>> {
    return byName(openSearches(placedOn(platform.searches, site.siteName)), 'Search', (id, name, spec) => {
      return new Search(this, id, {
        name,
        prefix: stagePrefix(platform),
        spec,
        vpc,
        key: keys.data,
        logsKey: keys.logs,
        alarms,
        logDays: platform.stage.logDays,
      });
    });
  }

  private buckets({ accessLogs, alarms, keys, platform, site }: DataStackProps): Readonly<Record<string, Bucket>> {
    return byName(placedOn(platform.buckets, site.siteName), 'Bucket', (id, name, spec) => {
      return new Bucket(this, id, {
        name,
        spec,
        key: keys.data,
        accessLogs,
        alarms,
        protected: platform.stage.protected,
      });
    });
  }

  private backUp({ alarms, keys, platform }: DataStackProps): void {
    const { buckets, databases } = this.capabilities;
    new Backup(this, 'Backup', {
      key: keys.data,
      resources: [
        ...Object.values(databases).map((database) => database.backedUp),
        ...Object.values(buckets).map((bucket) => bucket.backedUp),
      ],
      databaseRetentionDays: Math.max(1, ...Object.values(platform.databases).map((spec) => spec.backupRetentionDays)),
      protected: platform.stage.protected,
      alarms,
    });
  }
}
