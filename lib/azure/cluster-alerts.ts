import { Construct } from 'constructs';
import { raiseAlerts, type AlertTable } from './alert-table';
import { prometheusGroup, type PrometheusGroupProps } from './prometheus-group';
import type { WorkloadAlert } from '../platform/workload-alert';

export interface ClusterAlertsProps extends PrometheusGroupProps {
  /** What the names of the platform's namespaces begin with. */
  readonly namespacePrefix: string;
}

const runbook = 'azure-cluster';

/** What Azure itself measures of a cluster: https://learn.microsoft.com/azure/aks/monitor-aks-reference */
const platformAlerts: AlertTable = {
  ApiServerBusy: {
    metricName: 'apiserver_cpu_usage_percentage',
    aggregation: 'Maximum',
    threshold: 90,
    windowMinutes: 15,
    description: 'The API server is close to its limit: nothing may be scheduled or released any more.',
    runbook,
  },
  EtcdFull: {
    metricName: 'etcd_database_usage_percentage',
    aggregation: 'Maximum',
    threshold: 80,
    windowMinutes: 15,
    description: 'The store of the cluster is nearly full; when it is, the cluster takes no change.',
    runbook,
  },
  NodesBusy: {
    metricName: 'node_cpu_usage_percentage',
    aggregation: 'Average',
    threshold: 85,
    windowMinutes: 15,
    description: 'The nodes have no processor time to spare.',
    runbook,
    severity: 2,
  },
  NodesFull: {
    metricName: 'node_memory_working_set_percentage',
    aggregation: 'Average',
    threshold: 90,
    windowMinutes: 15,
    description: 'The nodes have no memory to spare; pods are evicted next.',
    runbook,
  },
};

/** An alert of this file's runbook, of severity 1 unless it says another. */
type PrometheusAlert = Omit<WorkloadAlert, 'runbook' | 'severity'> & Partial<Pick<WorkloadAlert, 'severity'>>;

/** What Prometheus knows better than Azure: pods of the platform, one by one, and nodes. */
export const prometheusAlerts = (prefix: string): Readonly<Record<string, PrometheusAlert>> => {
  const ours = `namespace=~"${prefix}-.+"`;
  // The gateway is a Deployment and services are Rollouts, of which Kubernetes' own figures know nothing.
  const workloads = [
    {
      by: 'deployment',
      wanted: 'kube_deployment_spec_replicas',
      available: 'kube_deployment_status_replicas_available',
    },
    { by: 'name', wanted: 'rollout_info_replicas_desired', available: 'rollout_info_replicas_available' },
  ].map(({ available, by, wanted }) => {
    const of = (series: string): string => `max by (namespace, ${by}) (${series}{${ours}})`;
    return { wanted: of(wanted), available: of(available) };
  });
  const either = (expression: (pods: (typeof workloads)[number]) => string): string =>
    workloads.map((pods) => `(${expression(pods)})`).join(' or ');
  return {
    NodeNotReady: {
      expression: 'kube_node_status_condition{condition="Ready",status="true"} == 0',
      minutes: 10,
      description: 'A node takes no pods.',
    },
    // The same pod all the while: the autoscaler's own count would call for every node that it makes.
    PodsWait: {
      expression: 'max by (namespace, pod) (kube_pod_status_phase{phase="Pending"}) == 1',
      minutes: 15,
      description:
        'A pod does not begin: no node has room for it and none is made, since the pool is at its most or the region has none left; or its image does not come.',
    },
    PodsCrash: {
      expression: `max by (namespace, pod, container) (max_over_time(kube_pod_container_status_waiting_reason{${ours},reason="CrashLoopBackOff"}[5m])) >= 1`,
      minutes: 10,
      description: 'A container ends again and again.',
    },
    MemoryExceeded: {
      expression: `sum by (namespace, pod, container) (kube_pod_container_status_last_terminated_reason{${ours},reason="OOMKilled"}) * on (namespace, pod, container) group_left sum by (namespace, pod, container) (increase(kube_pod_container_status_restarts_total{${ours}}[10m])) > 0`,
      minutes: 1,
      description: 'A container was ended because it took more memory than it may.',
      severity: 2,
    },
    ReplicasMissing: {
      expression: either(({ available, wanted }) => `${wanted} - ${available} > 0`),
      minutes: 15,
      description: 'A service has fewer pods than it should.',
    },
    NoReplicas: {
      expression: either(({ available, wanted }) => `${available} == 0 and ${wanted} > 0`),
      minutes: 2,
      description: 'A service has no pod that answers.',
      severity: 0,
    },
    AtItsMost: {
      expression: `sum by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_current_replicas{${ours}}) >= sum by (namespace, horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas{${ours}})`,
      minutes: 15,
      description: 'A service has as many pods as it may have.',
      severity: 2,
    },
  };
};

/** Calls people when the cluster is not well, or what runs in it. */
export class ClusterAlerts extends Construct {
  public constructor(scope: Construct, id: string, props: ClusterAlertsProps) {
    super(scope, id);
    const { cluster, monitoring, place } = props;
    raiseAlerts(
      this,
      {
        place,
        monitoring,
        name: 'cluster',
        targetId: cluster.id,
        metricNamespace: 'Microsoft.ContainerService/managedClusters',
      },
      platformAlerts,
    );
    const description = `The cluster and what runs in it. Runbook: docs/runbooks/${runbook}.md`;
    const alerts = Object.entries(prometheusAlerts(props.namespacePrefix)).map(
      ([name, alert]) => [name, { severity: 1, runbook, ...alert }] as const,
    );
    prometheusGroup(this, 'Pods', props, { name: 'cluster', description }, Object.fromEntries(alerts));
  }
}
