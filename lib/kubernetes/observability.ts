import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ClusterRole } from '@pulumi/kubernetes/rbac/v1/clusterRole';
import { ClusterRoleBinding } from '@pulumi/kubernetes/rbac/v1/clusterRoleBinding';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { kubernetesAccount, observabilityWord } from '../platform/names';
import { collectorName, collectorValues } from './collector-values';
import type { ClusterContext } from './context';
import { clusterDashboards } from '../platform/dashboards/cluster';
import { HelmRelease } from './helm-release';
import { kubeletRights } from './kubelets';
import { labelsOf } from './labels';
import { collectorNetwork, prometheusNetwork } from './observability-network';
import { prometheusValues } from './prometheus-values';

export interface ObservabilityArgs {
  readonly context: ClusterContext;
  /** What must be there before: the namespace. */
  readonly after: readonly Resource[];
}

/** What watching a cluster needs of its API: which pods there are, and whose they are. Nothing may be changed. */
export const watchingRights = [
  { apiGroups: [''], resources: ['namespaces', 'pods'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
];

/**
 * What watches a cluster: Prometheus for figures, a collector for traces and metrics of services, settings of the cloud's agents for
 * logs, and dashboards as data. Both write to the cloud as one identity, which may write and nothing else. None of them is in the
 * mesh: they must tell of it when it does not work.
 */
export class Observability extends ComponentResource {
  public readonly account: ServiceAccount;
  public readonly prometheus: HelmRelease;
  public readonly collector: HelmRelease;

  public constructor(name: string, args: ObservabilityArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Observability', name, {}, opts);
    const { after, context } = args;
    const inside = { parent: this, dependsOn: [...after] };
    this.account = this.makeAccount(name, context, inside);
    const ways = Object.entries({
      prometheus: prometheusNetwork(context),
      [collectorName]: collectorNetwork(context),
    }).map(
      ([policy, spec]) =>
        new NetworkPolicy(`${name}-${policy}`, { metadata: this.metadata(context, policy), spec }, inside),
    );
    const ready = { parent: this, dependsOn: [...after, this.account, ...ways] };
    this.prometheus = new HelmRelease(
      'prometheus',
      { context, system: 'prometheus', values: prometheusValues(context) },
      ready,
    );
    this.collector = new HelmRelease(
      collectorName,
      { context, system: 'opentelemetry-collector', values: collectorValues(context) },
      ready,
    );
    for (const { data, ...place } of context.cloud.agents) {
      new ConfigMap(
        `${name}-${place.name}`,
        {
          metadata: { ...place, labels: labelsOf({ platform: context.platform, name: observabilityWord }) },
          data: { ...data },
        },
        { parent: this },
      );
    }
    for (const [dashboard, definition] of Object.entries(clusterDashboards(context.platform, context.siteName))) {
      const metadata = this.metadata(context, `dashboard-${dashboard}`);
      new ConfigMap(
        `${name}-${dashboard}`,
        {
          // By this label a Grafana of a team's own finds them; the cloud's is told by a script.
          metadata: { ...metadata, labels: { ...metadata.labels, grafana_dashboard: '1' } },
          data: { [`${dashboard}.json`]: JSON.stringify(definition, null, 2) },
        },
        inside,
      );
    }
    this.registerOutputs({});
  }

  private metadata({ platform }: Pick<ClusterContext, 'platform'>, name: string) {
    return { name, namespace: observabilityWord, labels: labelsOf({ platform, name: observabilityWord }) };
  }

  private makeAccount(
    name: string,
    context: ClusterContext,
    inside: { readonly parent: Resource; readonly dependsOn: Resource[] },
  ): ServiceAccount {
    const metadata = this.metadata(context, kubernetesAccount(observabilityWord));
    const account = new ServiceAccount(
      name,
      {
        metadata: { ...metadata, annotations: { ...context.cloud.account(observabilityWord).annotations } },
        automountServiceAccountToken: false,
      },
      inside,
    );
    const wide = { name: `${context.platform.name}-${observabilityWord}`, labels: metadata.labels };
    const role = new ClusterRole(
      name,
      { metadata: wide, rules: [...watchingRights, ...kubeletRights(context)] },
      { parent: this },
    );
    new ClusterRoleBinding(
      name,
      {
        metadata: wide,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: wide.name },
        subjects: [{ kind: 'ServiceAccount', name: metadata.name, namespace: metadata.namespace }],
      },
      { parent: this, dependsOn: [account, role] },
    );
    return account;
  }
}
