import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { kubernetesAccount, kubernetesNamespace, migrationWord } from '../platform/names';
import { administrationSecrets } from './administration-secrets';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import { MigrationJob, type MigrationRun } from './migration-job';
import { postgresRun } from './migration-postgres';
import { databaseUses, type DatabaseUse } from './migration-settings';
import { sqlServerOf, sqlServerRun, sqlServerUses } from './migration-sql-server';
import { migrationWordOf } from '../platform/scopes';
import type { PolicySpec } from './peers';
import { wayOut } from './way-out';

export interface MigrationsArgs {
  readonly context: ClusterContext;
  /** In whose namespace they run, and of which databases: {@link migrationWordOf}. @default 'migration' */
  readonly word?: string;
  /** Images by digest: one with psql, and that of the programs of the platform, which lay contents of SQL Server. */
  readonly images: Readonly<Record<'postgres' | 'programs', string>>;
  /** What must be there before they run. */
  readonly after: readonly Resource[];
}

/** What migrations reach: the servers of the databases, past their pools, and where tokens are exchanged. Nobody reaches them. */
export function migrationPolicy(
  { cloud }: Pick<ClusterContext, 'cloud'>,
  { postgres, sqlServer }: Readonly<Record<'postgres' | 'sqlServer', readonly string[]>>,
  word = migrationWord,
): PolicySpec {
  const reach = [
    ...postgres.flatMap((database) => cloud.administration(database).reach),
    ...sqlServer.flatMap((database) => sqlServerOf({ cloud }, database).reach),
    ...cloud.tokens.reach,
  ];
  return wayOut(word, reach);
}

/**
 * Brings the databases of a site up to date before its services start, as the one identity that administers them: a Job for
 * each user of each PostgreSQL database, and one for each database of SQL Server. Users of functions come last in PostgreSQL, since
 * they read what services make.
 */
export class Migrations extends ComponentResource {
  public readonly account: ServiceAccount;
  public readonly policy: NetworkPolicy;
  /** Jobs by the service or the function whose users they make. */
  public readonly jobs: Readonly<Record<string, readonly MigrationJob[]>>;

  public constructor(name: string, args: MigrationsArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Migrations', name, {}, opts);
    const { after, context, images, word = migrationWord } = args;
    const { platform, siteName } = context;
    const uses = databaseUses(platform, siteName).filter(
      ({ database }) => migrationWordOf(platform, database) === word,
    );
    const sqlServers = sqlServerUses(platform, siteName, word);
    const databases = [...new Set(uses.map(({ database }) => database))];
    const metadata = {
      namespace: kubernetesNamespace(platform, word),
      labels: labelsOf({ platform, name: word }),
    };
    const inside = { parent: this, dependsOn: [...after] };
    this.account = new ServiceAccount(
      name,
      { metadata: { ...metadata, name: kubernetesAccount(word) }, automountServiceAccountToken: false },
      inside,
    );
    this.policy = new NetworkPolicy(
      name,
      {
        metadata: { ...metadata, name: word },
        spec: migrationPolicy(
          context,
          { postgres: databases, sqlServer: sqlServers.map(({ database }) => database) },
          word,
        ),
      },
      inside,
    );
    const made = { parent: this, dependsOn: [...after, this.account] };
    const secrets = administrationSecrets(context, databases, made, word);
    const ready = [...after, this.account, this.policy, ...secrets];
    const make = (of: string, run: MigrationRun, before: readonly Resource[] = []): MigrationJob =>
      new MigrationJob(`${name}-${of}`, { context, run, word, after: [...ready, ...before] }, { parent: this });
    const apply = (use: DatabaseUse, before: readonly Resource[]) => ({
      users: [use.user],
      job: make(`${use.database}-${use.user}`, postgresRun(context, use, images.postgres), before),
    });
    const services = uses.filter(({ kind }) => kind === 'service').map((use) => apply(use, []));
    const before = services.map(({ job }) => job);
    const functions = uses.filter(({ kind }) => kind === 'function').map((use) => apply(use, before));
    const contents = sqlServers.map(({ database, users }) => ({
      users,
      job: make(`${database}-contents`, sqlServerRun(context, database, images.programs)),
    }));
    const all = [...services, ...functions, ...contents];
    this.jobs = Object.fromEntries(
      [...new Set(all.flatMap(({ users }) => users))].map((user) => [
        user,
        all.filter(({ users }) => users.includes(user)).map(({ job }) => job),
      ]),
    );
    this.registerOutputs({});
  }
}
