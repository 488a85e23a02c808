import type { ClusterContext } from './context';
import { taggedImage, type TaggedImage } from './copied-image';
import { madeKinds, serviceKinds } from './service-kinds';
import {
  evictionBudget,
  restrictedContainer,
  restrictedPod,
  spreadOver,
  systemPlacement,
  systemReplicas,
  systemResources,
  type EvictionBudget,
  type Placement,
  type Resources,
  type RestrictedPod,
  type Spread,
} from './system-pod';

/** One of the processes of Argo CD. */
interface Part {
  readonly replicas: number;
  readonly resources: Resources;
}

/** Figures that a process gives, by a service of its own. */
interface Metrics {
  readonly metrics: { readonly enabled: true; readonly serviceMonitor: { readonly enabled: false } };
}

/** A right in the cluster. */
interface Right {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Rights in the cluster in place of those that the chart gives. */
interface Rights {
  readonly clusterRoleRules: { readonly enabled: true; readonly rules: readonly Right[] };
}

/** A process that does not run. */
interface Off {
  readonly replicas: 0;
}

/** Values of the chart `argo-cd`, as far as they are set. */
export interface ArgoCdValues {
  readonly crds: { readonly install: true; readonly keep: true };
  readonly createAggregateRoles: false;
  readonly global: Placement & {
    readonly image: TaggedImage;
    readonly logging: { readonly format: 'json' };
    readonly networkPolicy: { readonly create: false };
    readonly securityContext: RestrictedPod;
    readonly addPrometheusAnnotations: false;
  };
  readonly configs: {
    readonly cm: {
      readonly 'admin.enabled': false;
      readonly 'exec.enabled': false;
      readonly 'statusbadge.enabled': false;
      readonly 'users.anonymous.enabled': false;
      readonly 'application.resourceTrackingMethod': 'annotation';
      readonly 'resource.inclusions': string;
    };
    readonly params: {
      readonly 'controller.diff.server.side': true;
      readonly 'reposerver.enable.git.submodule': false;
      readonly 'application.namespaces': '';
    };
    readonly rbac: { readonly 'policy.default': ''; readonly 'policy.csv': '' };
    readonly ssh: { readonly create: false };
    readonly cmp: { readonly create: false };
  };
  readonly controller: Part & Metrics & Rights & { readonly replicas: 1 };
  readonly repoServer: Part &
    Metrics & {
      readonly topologySpreadConstraints: readonly Spread[];
      readonly pdb: EvictionBudget;
      readonly automountServiceAccountToken: false;
    };
  readonly redis: {
    readonly image: TaggedImage;
    readonly resources: Resources;
    readonly securityContext: RestrictedPod & { readonly runAsUser: number };
    readonly containerSecurityContext: typeof restrictedContainer;
  };
  readonly redisSecretInit: { readonly resources: Resources };
  readonly server: Off & Rights;
  readonly applicationSet: Off;
  readonly dex: { readonly enabled: false };
  readonly notifications: { readonly enabled: false };
  readonly commitServer: { readonly enabled: false };
}

/** What Argo CD may do in the cluster: what a service is made of, and see what becomes of it. It reads no secret of a service. */
const rights: readonly Right[] = [
  ...serviceKinds.map(({ group, kinds }) => ({
    apiGroups: [group],
    resources: Object.values(kinds),
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  })),
  ...madeKinds.map(({ group, kinds }) => ({
    apiGroups: [group],
    resources: Object.values(kinds),
    verbs: ['get', 'list', 'watch'],
  })),
];

/** Kinds that it looks at; it would otherwise ask for every kind, and stop where it may not. JSON is YAML, in which it reads them. */
const inclusions = JSON.stringify(
  [...serviceKinds, ...madeKinds].map(({ group, kinds }) => ({
    apiGroups: [group],
    kinds: Object.keys(kinds),
    clusters: ['*'],
  })),
);

/** User of Redis in its image. */
const redisUser = 999;

/**
 * Argo CD applies what is committed, and is used from the command line alone (`argocd --core`), which asks the cluster as
 * whoever calls it: so who may do what is said once, by the cluster's own roles. Its server, which would have accounts and pages
 * of its own, does not run; neither does what makes applications, since they come from the definition.
 *
 * One process compares the cluster with what is committed: a second would only be for a second cluster. While it starts anew,
 * or its cache does, nothing is applied and everything runs on.
 */
export function argoCdValues(context: Pick<ClusterContext, 'cloud' | 'platform'>): ArgoCdValues {
  const measured: Metrics = { metrics: { enabled: true, serviceMonitor: { enabled: false } } };
  return {
    crds: { install: true, keep: true },
    createAggregateRoles: false,
    global: {
      ...systemPlacement(context.cloud.systemNodes),
      image: taggedImage(context, 'argo-cd'),
      logging: { format: 'json' },
      // The namespace has its own.
      networkPolicy: { create: false },
      securityContext: restrictedPod,
      addPrometheusAnnotations: false,
    },
    configs: {
      cm: {
        'admin.enabled': false,
        'exec.enabled': false,
        'statusbadge.enabled': false,
        'users.anonymous.enabled': false,
        // By an annotation, which no controller copies to what it makes itself.
        'application.resourceTrackingMethod': 'annotation',
        'resource.inclusions': inclusions,
      },
      params: {
        // What webhooks and defaults add is no difference.
        'controller.diff.server.side': true,
        'reposerver.enable.git.submodule': false,
        'application.namespaces': '',
      },
      rbac: { 'policy.default': '', 'policy.csv': '' },
      ssh: { create: false },
      cmp: { create: false },
    },
    controller: {
      replicas: 1,
      resources: systemResources({ vcpu: 0.5, memoryGiB: 1 }),
      clusterRoleRules: { enabled: true, rules: rights },
      ...measured,
    },
    repoServer: {
      replicas: systemReplicas,
      resources: systemResources({ vcpu: 0.25, memoryGiB: 0.5 }),
      topologySpreadConstraints: spreadOver({ 'app.kubernetes.io/name': 'argocd-repo-server' }),
      pdb: evictionBudget,
      automountServiceAccountToken: false,
      ...measured,
    },
    redis: {
      image: taggedImage(context, 'redis'),
      resources: systemResources({ vcpu: 0.1, memoryGiB: 0.125 }),
      securityContext: { ...restrictedPod, runAsUser: redisUser },
      containerSecurityContext: restrictedContainer,
    },
    redisSecretInit: { resources: systemResources({ vcpu: 0.05, memoryGiB: 0.0625 }) },
    server: { replicas: 0, clusterRoleRules: { enabled: true, rules: [] } },
    applicationSet: { replicas: 0 },
    dex: { enabled: false },
    notifications: { enabled: false },
    commitServer: { enabled: false },
  };
}
