import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment';
import type { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import {
  keeperCapacity,
  keeperCommand,
  keeperCount,
  keeperEnvironment,
  turnCheck,
  turnQuestions,
} from '../platform/keeper-process';
import type { Keeping } from '../platform/keeping';
import { keeperWord, kubernetesNamespace } from '../platform/names';
import { cloudToken } from './cloud-token';
import { containerConfinement, resourcesOf, temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import { labelsOf, selectorOf } from './labels';
import type { PodGroup } from './namespace-limits';
import type { PolicySpec } from './peers';
import { plainPod } from './plain-pod';
import { workloadAccount } from './workload-account';
import { wayOut } from './way-out';

export interface KeeperArgs {
  readonly context: ClusterContext;
  readonly keeping: Keeping;
  /** Image of the programs of recovery, by digest, in the registry of the site. */
  readonly image: string;
  /** What must be there before: the namespace. */
  readonly after: readonly Resource[];
}

/** What the namespace of the keeper must have room for: one more while another ends. */
export const keeperRoom: PodGroup = { count: keeperCount + 1, capacity: keeperCapacity };

const selector = selectorOf({ name: keeperWord });

/** Servers of the databases, past their pools; where tokens are exchanged, and the latch, which the edge serves to everybody. Nobody reaches it. */
export function keeperPolicy({ cloud }: Pick<ClusterContext, 'cloud'>, { databases, latch }: Keeping): PolicySpec {
  const reach = [
    ...databases.flatMap((database) => cloud.administration(database).reach),
    ...cloud.tokens.reach,
    cloud.internet([Number(new URL(latch).port || 443)]),
  ];
  return wayOut(keeperWord, reach);
}

/** Asks whether it still takes turns. It opens no port that could be asked. */
const question = {
  exec: { command: [...turnCheck] },
  periodSeconds: turnQuestions.intervalSeconds,
  timeoutSeconds: turnQuestions.timeoutSeconds,
};

const probes = {
  startupProbe: {
    ...question,
    failureThreshold: Math.ceil(turnQuestions.startSeconds / turnQuestions.intervalSeconds),
  },
  livenessProbe: { ...question, failureThreshold: turnQuestions.failures },
  readinessProbe: { ...question, failureThreshold: 1 },
};

/**
 * Keeps the right of a site to write, beside its databases: two of the same, in two zones, of which one alone is replaced at a time.
 * It acts as an identity of its own, which may call a few functions of the databases and nothing else of the cloud.
 */
export class Keeper extends ComponentResource {
  public readonly account: ServiceAccount;
  public readonly policy: NetworkPolicy;
  public readonly deployment: Deployment;
  public readonly budget: PodDisruptionBudget;

  public constructor(name: string, args: KeeperArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Keeper', name, {}, opts);
    const { after, context, keeping } = args;
    const { platform } = context;
    const metadata = {
      name: keeperWord,
      namespace: kubernetesNamespace(platform, keeperWord),
      labels: labelsOf({ platform, name: keeperWord }),
    };
    const inside = { parent: this, dependsOn: [...after] };
    this.account = workloadAccount(name, { context, word: keeperWord }, inside);
    this.policy = new NetworkPolicy(name, { metadata, spec: keeperPolicy(context, keeping) }, inside);
    this.deployment = new Deployment(
      name,
      {
        metadata,
        spec: {
          replicas: keeperCount,
          revisionHistoryLimit: 3,
          // No third one: each takes a connection of the few that its user has.
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
          selector: { matchLabels: selector },
          template: keeperPod(args, metadata.labels),
        },
      },
      { parent: this, dependsOn: [...after, this.account, this.policy] },
    );
    this.budget = new PodDisruptionBudget(
      name,
      {
        metadata,
        spec: {
          maxUnavailable: 1,
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
          selector: { matchLabels: selector },
        },
      },
      inside,
    );
    this.registerOutputs({});
  }
}

function keeperPod({ context, image, keeping }: KeeperArgs, labels: Readonly<Record<string, string>>) {
  const { cloud, platform, siteName } = context;
  const servers = Object.fromEntries(keeping.databases.map((database) => [database, cloud.administration(database)]));
  const token = cloudToken(cloud.identity(keeperWord));
  const environment = keeperEnvironment({ latch: keeping.latch, servers });
  return plainPod(keeperWord, labels, cloud.architecture, {
    terminationGracePeriodSeconds: 30,
    topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selector },
    })),
    containers: [
      {
        name: keeperWord,
        image,
        command: [...keeperCommand(platform, siteName)],
        env: [...Object.entries(environment).map(([variable, value]) => ({ name: variable, value })), ...token.env],
        ...probes,
        securityContext: containerConfinement,
        resources: resourcesOf(keeperCapacity),
        volumeMounts: [token.mount, temporaryMount],
      },
    ],
    volumes: [token.volume, temporaryVolume(keeperCapacity)],
  });
}
