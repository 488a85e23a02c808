import { prometheusAlerts } from '../../lib/azure/cluster-alerts';
import { clusterDashboards } from '../../lib/platform/dashboards/cluster';
import { scrapes } from '../../lib/kubernetes/scrapes';
import { ledgerAlerts } from '../../lib/platform/ledger-alerts';
import { weekFigures } from '../../lib/platform/dashboards/week';
import { objectiveRules } from '../../lib/platform/objective-rules';
import { workloadAlerts } from '../../lib/platform/workload-alerts';
import retailflowAzure from '../../platforms/retailflow-azure';
import { clusterOf } from '../support/kubernetes';
import { resolved } from '../support/platform';

const context = clusterOf();
const { platform, siteName } = context;

const goals = objectiveRules(platform, siteName);

/** Everything that somebody asks Prometheus for: alerts and dashboards. */
const questions = [
  ...Object.values(prometheusAlerts(platform.name)).map(({ expression }) => expression),
  ...Object.values(weekFigures(platform, siteName)),
  ...Object.values(goals.figures),
  ...Object.values(goals.alerts).map(({ expression }) => expression),
  ...Object.values(workloadAlerts(platform, siteName)).map(({ expression }) => expression),
  ...Object.values(ledgerAlerts(resolved(retailflowAzure), 'primary')).map(({ expression }) => expression),
  ...Object.values(clusterDashboards(platform, siteName)).flatMap(({ panels }) =>
    panels.flatMap(({ targets }) => targets.map((target) => ('expr' in target ? target.expr : target.metricName))),
  ),
];

/** Figures of Kubernetes and of containers that Azure's agent keeps in its minimal ingestion profile, as far as they are asked for. */
const keptByAzure = [
  'container_cpu_usage_seconds_total',
  'kube_deployment_spec_replicas',
  'kube_deployment_status_replicas_available',
  'kube_horizontalpodautoscaler_spec_max_replicas',
  'kube_horizontalpodautoscaler_status_current_replicas',
  'kube_horizontalpodautoscaler_status_desired_replicas',
  'kube_job_failed',
  'kube_job_spec_completions',
  'kube_job_status_start_time',
  'kube_job_status_succeeded',
  'kube_namespace_status_phase',
  'kube_node_status_condition',
  'kube_pod_container_resource_requests',
  'kube_pod_container_status_last_terminated_reason',
  'kube_pod_container_status_restarts_total',
  'kube_pod_container_status_waiting_reason',
  'kube_pod_owner',
  'kube_pod_status_phase',
];

const isByAzure = (name: string): boolean => /^(container|kube)_/.test(name);

/** By whom the cluster's own Prometheus is told figures, by what their names begin with. */
const toldBy: Readonly<Record<string, string>> = {
  analysis: 'argo-rollouts',
  argocd: 'argocd-controller',
  certmanager: 'cert-manager',
  externalsecret: 'external-secrets',
  istio: 'mesh',
  keda: 'keda-operator',
  kong: 'mesh',
  otelcol: 'collector',
  prometheus: 'prometheus',
  rollout: 'argo-rollouts',
};

/** Names of figures: words before a choice of labels or a time, or alone in a function; labels stand behind `by`. */
const asked = [
  ...new Set(
    questions
      .map((each) => each.replaceAll(/\b(?:by|on) \([^)]*\)/g, ''))
      .flatMap((each) => each.match(/\b[a-z]+_[a-z0-9_]+(?=[{[])|(?<=\()[a-z]+_[a-z0-9_]+(?=\))/g) ?? []),
  ),
].sort();

test('somebody asks for figures of Kubernetes and of every system', () => {
  expect(asked.filter(isByAzure)).toEqual(keptByAzure);
  expect([...new Set(asked.map((name) => name.split('_')[0]))].sort()).toEqual(
    [...Object.keys(toldBy), 'container', 'kube'].sort(),
  );
});

test.each(asked.filter((name) => !isByAzure(name)))('%s is read, and not dropped', (name) => {
  const job = scrapes(context)[toldBy[name.split('_')[0] ?? ''] ?? ''];
  expect(job).toBeDefined();
  for (const { action, regex = '' } of job?.metric_relabel_configs ?? []) {
    expect([action, new RegExp(`^(?:${regex})$`).test(name)]).toEqual(['drop', false]);
  }
});
