import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { programStart } from '../platform/keeper-process';
import { digestMinutes } from '../platform/ledgers';
import { databaseName, digestsWord, kubernetesAccount, kubernetesNamespace } from '../platform/names';
import { cloudToken } from './cloud-token';
import { containerConfinement, resourcesOf, temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import { labelsOf, selectorOf } from './labels';
import { sqlServerOf } from './migration-sql-server';
import type { PodGroup } from './namespace-limits';
import { mergedReach } from './outside';
import { reachRule, type PolicySpec } from './peers';
import { plainPod } from './plain-pod';

export interface LedgerDigestsArgs {
  readonly context: ClusterContext;
  /** Databases whose ledgers are digested. */
  readonly databases: readonly string[];
  /** Image of the programs of the platform, by digest. */
  readonly image: string;
  /** What must be there before: the namespace. */
  readonly after: readonly Resource[];
}

/** Ours: Node.js, a connection and a line. */
const capacity = { vcpu: 0.1, memoryGiB: 0.25 };

/** What their namespace must have room for: one a database, since a run that takes too long is not joined by another. */
export const digestsRoom = (databases: readonly string[]): PodGroup => ({ count: databases.length, capacity });

/** How long a run may take, in seconds: less than the time between two. */
const mostSeconds = 300;

/** Tries after the first one. */
const backoffLimit = 2;

/** A run that could not start on time still does for so long, in seconds. */
const lateSeconds = 300;

/**
 * The container that keeps digests.
 *
 * @throws Error if the cloud has none.
 */
function storeOf({ cloud }: Pick<ClusterContext, 'cloud'>): NonNullable<ClusterContext['cloud']['digestStore']> {
  if (cloud.digestStore === undefined)
    throw new Error(`digests must be kept on a cloud with a store of them, not ${cloud.name}`);
  return cloud.digestStore;
}

/** What they reach: the server, the container, and where tokens are exchanged. Nobody reaches them. */
export function digestsPolicy(context: Pick<ClusterContext, 'cloud'>, databases: readonly string[]): PolicySpec {
  const reach = [
    ...databases.flatMap((database) => sqlServerOf(context, database).reach),
    ...storeOf(context).reach,
    ...context.cloud.tokens.reach,
  ];
  return {
    podSelector: { matchLabels: selectorOf({ name: digestsWord }) },
    policyTypes: ['Egress'],
    egress: mergedReach(reach).map(reachRule),
  };
}

/**
 * Takes digests of ledgers by a schedule and keeps them where who owns the databases cannot change them, as an identity that may do
 * nothing else. That one is missing is told by the store, and not from here.
 */
export class LedgerDigests extends ComponentResource {
  public readonly account: ServiceAccount;
  public readonly policy: NetworkPolicy;
  /** By database. */
  public readonly jobs: Readonly<Record<string, CronJob>>;

  public constructor(name: string, args: LedgerDigestsArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:LedgerDigests', name, {}, opts);
    const { after, context, databases } = args;
    const { platform } = context;
    const metadata = {
      name: digestsWord,
      namespace: kubernetesNamespace(platform, digestsWord),
      labels: labelsOf({ platform, name: digestsWord }),
    };
    const inside = { parent: this, dependsOn: [...after] };
    this.account = new ServiceAccount(
      name,
      { metadata: { ...metadata, name: kubernetesAccount(digestsWord) }, automountServiceAccountToken: false },
      inside,
    );
    this.policy = new NetworkPolicy(name, { metadata, spec: digestsPolicy(context, databases) }, inside);
    const ready = { parent: this, dependsOn: [...after, this.account, this.policy] };
    this.jobs = Object.fromEntries(
      databases.map((database) => {
        const labels = labelsOf({ platform, name: digestsWord, component: database });
        return [
          database,
          new CronJob(
            `${name}-${database}`,
            {
              metadata: { ...metadata, name: database, labels },
              spec: {
                schedule: `*/${digestMinutes} * * * *`,
                concurrencyPolicy: 'Forbid',
                startingDeadlineSeconds: lateSeconds,
                successfulJobsHistoryLimit: 1,
                // What failed is in the log; one that stayed would count as a migration that did not end.
                failedJobsHistoryLimit: 0,
                jobTemplate: {
                  metadata: { labels },
                  spec: {
                    backoffLimit,
                    activeDeadlineSeconds: mostSeconds,
                    template: digestPod(args, database, labels),
                  },
                },
              },
            },
            ready,
          ),
        ];
      }),
    );
    this.registerOutputs({});
  }
}

function digestPod({ context, image }: LedgerDigestsArgs, database: string, labels: Readonly<Record<string, string>>) {
  const { cloud } = context;
  const { host, port } = sqlServerOf(context, database);
  const token = cloudToken(cloud.identity(digestsWord));
  return plainPod(digestsWord, labels, cloud.architecture, {
    restartPolicy: 'Never',
    containers: [
      {
        name: 'digest',
        image,
        command: [
          ...programStart,
          'bin/ledger-digest.ts',
          ...['--server', host, '--port', String(port), '--database', databaseName(database)],
          ...['--container', storeOf(context).container],
        ],
        env: token.env,
        securityContext: containerConfinement,
        resources: resourcesOf(capacity),
        volumeMounts: [token.mount, temporaryMount],
      },
    ],
    volumes: [token.volume, temporaryVolume(capacity)],
  });
}
