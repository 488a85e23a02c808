import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { kubernetesAccount, kubernetesNamespace, migrationWord } from '../platform/names';
import { administrationSecrets } from './administration-secrets';
import type { ClusterContext } from './context';
import { labelsOf, selectorOf } from './labels';
import { MigrationJob } from './migration-job';
import { databaseUses, type DatabaseUse } from './migration-settings';
import { mergedReach } from './outside';
import { migrationWordOf } from '../platform/scopes';
import { reachRule, type PolicySpec } from './peers';

export interface MigrationsArgs {
  readonly context: ClusterContext;
  /** In whose namespace they run, and of which databases: {@link migrationWordOf}. @default 'migration' */
  readonly word?: string;
  /** Image with psql, by digest. */
  readonly image: string;
  /** What must be there before they run. */
  readonly after: readonly Resource[];
}

/** What migrations reach: the servers of the databases, past their pools, and where tokens are exchanged. Nobody reaches them. */
export function migrationPolicy(
  { cloud }: Pick<ClusterContext, 'cloud'>,
  databases: readonly string[],
  word = migrationWord,
): PolicySpec {
  const reach = [...databases.flatMap((database) => cloud.administration(database).reach), ...cloud.tokens.reach];
  return {
    podSelector: { matchLabels: selectorOf({ name: word }) },
    policyTypes: ['Egress'],
    egress: mergedReach(reach).map(reachRule),
  };
}

/**
 * Brings the databases of a site up to date before its services start, as the one identity that administers them: a Job for
 * each user of each database. Users of functions come last, since they read what services make.
 */
export class Migrations extends ComponentResource {
  public readonly account: ServiceAccount;
  public readonly policy: NetworkPolicy;
  /** Jobs by the service or the function whose users they make. */
  public readonly jobs: Readonly<Record<string, readonly MigrationJob[]>>;

  public constructor(name: string, args: MigrationsArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Migrations', name, {}, opts);
    const { after, context, word = migrationWord } = args;
    const { platform, siteName } = context;
    const uses = databaseUses(platform, siteName).filter(
      ({ database }) => migrationWordOf(platform, database) === word,
    );
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
          uses.map(({ database }) => database),
          word,
        ),
      },
      inside,
    );
    const databases = [...new Set(uses.map(({ database }) => database))];
    const made = { parent: this, dependsOn: [...after, this.account] };
    const secrets = administrationSecrets(context, databases, made, word);
    const ready = [...after, this.account, this.policy, ...secrets];
    const make = (use: DatabaseUse, before: readonly Resource[]): MigrationJob =>
      new MigrationJob(
        `${name}-${use.database}-${use.user}`,
        { context, use, word, image: args.image, after: [...ready, ...before] },
        { parent: this },
      );
    const services = uses.filter(({ kind }) => kind === 'service').map((use) => ({ use, job: make(use, []) }));
    const before = services.map(({ job }) => job);
    const functions = uses.filter(({ kind }) => kind === 'function').map((use) => ({ use, job: make(use, before) }));
    const all = [...services, ...functions];
    this.jobs = Object.fromEntries(
      all.map(({ use: { user } }) => [user, all.filter(({ use }) => use.user === user).map(({ job }) => job)]),
    );
    this.registerOutputs({});
  }
}
