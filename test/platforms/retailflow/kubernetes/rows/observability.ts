import { about, one, type Row } from '../../../support/about';
import { all, atLeast, containing, exactly, like } from '../../../support/matchers';
import { registry, services, system, tcp } from './facts';

const values = 'spec.values';
const prometheus = 'observability/release-prometheus';
const collector = 'observability/release-opentelemetry-collector';

/** Namespaces whose pods have proxies. */
const meshed = [...Object.keys(services), 'gateway'].map((name) => `retailflow-${name}`);
const inMesh = meshed.map((namespace) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
}));

const confined = (at: string, security: string): Parameters<typeof one>[3] => ({
  [`${values}.${at}.allowPrivilegeEscalation`]: false,
  [`${values}.${at}.readOnlyRootFilesystem`]: true,
  [`${values}.${at}.capabilities.drop`]: exactly('ALL'),
  [`${values}.${security}.runAsNonRoot`]: true,
  [`${values}.${security}.seccompProfile.type`]: 'RuntimeDefault',
});

const spread = containing({ topologyKey: 'topology.kubernetes.io/zone' }, { topologyKey: 'kubernetes.io/hostname' });

/** What Prometheus reads, besides proxies. */
const scraped = [
  'argo-rollouts',
  'argocd-controller',
  'argocd-repo-server',
  'cert-manager',
  'cert-manager-cainjector',
  'cert-manager-webhook',
  'collector',
  'external-secrets',
  'istio-cni',
  'istiod',
  'keda-metrics',
  'keda-operator',
  'keda-webhooks',
];

const inCluster: Readonly<Record<string, Parameters<typeof one>[3]>> = {
  'Prometheus is of one version, from its own project': {
    'spec.chart': 'prometheus',
    'spec.repository': 'https://prometheus-community.github.io/helm-charts',
    'spec.version': like(/^\d+\.\d+\.\d+$/),
    [`${values}.server.image.digest`]: like(/^sha256:[0-9a-f]{64}$/),
    [`${values}.server.image.repository`]: `${registry}/retailflow-production/copies/prometheus`,
  },
  'Prometheus keeps a day, and nothing on disks': {
    [`${values}.server.retention`]: '24h',
    [`${values}.server.persistentVolume.enabled`]: false,
  },
  'Prometheus stands twice, in several zones': {
    [`${values}.server.replicaCount`]: atLeast(2),
    [`${values}.server.topologySpreadConstraints`]: spread,
    [`${values}.server.podDisruptionBudget`]: { enabled: true, maxUnavailable: 1 },
  },
  'figures are kept in Azure, by an identity': {
    [`${values}.server.remoteWrite[*].azuread.workload_identity.client_id`]: like(/^[0-9a-f-]{36}$/),
    [`${values}.server.remoteWrite[*].url`]: like(/^https:\/\//),
  },
  'figures say which cluster they are of': {
    [`${values}.server.global.external_labels.cluster`]: 'aks-retailflow-production',
  },
  'Prometheus is confined as a service is': confined('server.containerSecurityContext', 'server.securityContext'),
  'Prometheus asks for what it needs': {
    [`${values}.server.resources.limits.memory`]: '4Gi',
    [`${values}.server.resources.requests`]: { cpu: '500m', memory: '2Gi' },
  },
  'Prometheus gives itself no rights': {
    [`${values}.rbac.create`]: false,
    [`${values}.serviceAccounts.server`]: { create: false, name: 'observability' },
  },
  'nothing of Prometheus stands besides that nobody asks': {
    [`${values}.alertmanager.enabled`]: false,
    [`${values}.kube-state-metrics.enabled`]: false,
    [`${values}.prometheus-node-exporter.enabled`]: false,
    [`${values}.prometheus-pushgateway.enabled`]: false,
  },
};

const ofCollector: Readonly<Record<string, Parameters<typeof one>[3]>> = {
  'the collector is of one version, from its own project': {
    'spec.chart': 'opentelemetry-collector',
    'spec.repository': 'https://open-telemetry.github.io/opentelemetry-helm-charts',
    'spec.version': like(/^\d+\.\d+\.\d+$/),
    [`${values}.image.digest`]: like(/^sha256:[0-9a-f]{64}$/),
    [`${values}.image.repository`]: `${registry}/retailflow-production/copies/collector`,
  },
  'traces are kept in Azure, by an identity': {
    [`${values}.alternateConfig.exporters.azuremonitor.auth.authenticator`]: 'azure_auth',
    [`${values}.alternateConfig.extensions.azure_auth.workload_identity.client_id`]: like(/^[0-9a-f-]{36}$/),
    [`${values}.alternateConfig.service.pipelines.traces.exporters`]: exactly('azuremonitor'),
  },
  'the collector refuses what it has no memory for': {
    [`${values}.alternateConfig.service.pipelines.traces.processors`]: containing('memory_limiter', 'batch'),
    [`${values}.alternateConfig.processors.memory_limiter.limit_percentage`]: 75,
  },
  'a trace says which pod it is of': {
    [`${values}.alternateConfig.service.pipelines.traces.processors`]: containing('k8s_attributes'),
  },
  'the collector stands twice at least, in several zones': {
    [`${values}.autoscaling.minReplicas`]: atLeast(2),
    [`${values}.topologySpreadConstraints`]: spread,
    [`${values}.podDisruptionBudget`]: { enabled: true, maxUnavailable: 1 },
  },
  'the collector is confined as a service is': confined('securityContext', 'podSecurityContext'),
  'the collector takes OTLP, and nothing older': {
    [`${values}.ports.jaeger-grpc.enabled`]: false,
    [`${values}.ports.zipkin.enabled`]: false,
    [`${values}.ports.otlp.enabled`]: true,
  },
  'the collector asks for what it needs': {
    [`${values}.resources`]: { limits: { memory: '1Gi' }, requests: { cpu: '250m', memory: '512Mi' } },
  },
};

export const observability: Row = {
  row: 'observability',
  expectations: [
    ...Object.entries(inCluster).map(([name, having]) => one(name, 'Release', prometheus, having)),
    ...scraped.map((job) =>
      one(`figures of ${job} are read`, 'Release', prometheus, { [`${values}.scrapeConfigs[${job}].enabled`]: true }),
    ),
    one('figures of proxies are read, each with the version of its pod', 'Release', prometheus, {
      [`${values}.scrapeConfigs[mesh].enabled`]: true,
      [`${values}.scrapeConfigs[mesh].metrics_path`]: '/stats/prometheus',
      [`${values}.scrapeConfigs[mesh].kubernetes_sd_configs`]: [{ role: 'pod', namespaces: { names: meshed } }],
      [`${values}.scrapeConfigs[mesh].relabel_configs`]: containing({
        source_labels: ['__meta_kubernetes_pod_label_rollouts_pod_template_hash'],
        target_label: 'rollouts_pod_template_hash',
      }),
    }),
    ...Object.entries(ofCollector).map(([name, having]) => one(name, 'Release', collector, having)),
    one(
      'Prometheus is asked by releases, by what scales and by what moves flags, and by nobody else',
      'NetworkPolicy',
      'observability/networkpolicy-prometheus',
      {
        'spec.ingress': [
          {
            from: [
              system('argo-rollouts', { 'app.kubernetes.io/name': 'argo-rollouts' }),
              system('keda', { app: 'keda-operator' }),
              system('retailflow-flag-rollout', { 'app.kubernetes.io/name': 'flag-rollout' }),
            ],
            ports: tcp(9090),
          },
        ],
        'spec.policyTypes': exactly('Ingress', 'Egress'),
        'spec.podSelector.matchLabels': { 'app.kubernetes.io/name': 'prometheus' },
      },
    ),
    one('Prometheus reads every proxy', 'NetworkPolicy', 'observability/networkpolicy-prometheus', {
      'spec.egress': containing({ ports: tcp(15020), to: inMesh }),
    }),
    one(
      'the collector is told by proxies, and asked by Prometheus',
      'NetworkPolicy',
      'observability/networkpolicy-opentelemetry-collector',
      {
        'spec.ingress': [
          { from: inMesh, ports: tcp(4317) },
          { from: [system('observability', { 'app.kubernetes.io/name': 'prometheus' })], ports: tcp(8888) },
        ],
        'spec.policyTypes': exactly('Ingress', 'Egress'),
        'spec.podSelector.matchLabels': { 'app.kubernetes.io/name': 'opentelemetry-collector' },
      },
    ),
    one(
      'what watches looks at pods, and changes nothing',
      'ClusterRole',
      'cluster/clusterrole-retailflow-observability',
      {
        'rules[*].verbs': exactly('get', 'list', 'watch'),
        rules: exactly(
          { apiGroups: [''], resources: ['namespaces', 'pods'], verbs: ['get', 'list', 'watch'] },
          { apiGroups: ['apps'], resources: ['replicasets'], verbs: ['get', 'list', 'watch'] },
        ),
      },
    ),
    ...about(
      { type: 'ClusterRoleBinding', count: 1 },
      {
        'only what watches has a role in the whole cluster': {
          path: 'subjects',
          is: [{ kind: 'ServiceAccount', name: 'observability', namespace: 'observability' }],
        },
        'what watches has the role that is written for it': {
          path: 'roleRef',
          is: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'retailflow-observability' },
        },
      },
    ),
    one('what watches is an identity on Azure', 'ServiceAccount', 'observability/serviceaccount-observability', {
      automountServiceAccountToken: false,
      'metadata.annotations[azure.workload.identity/client-id]': like(/^[0-9a-f-]{36}$/),
    }),
    ...['gateway', 'overview', 'queues', 'releases', 'services', 'week'].map((name) =>
      one(`there is a dashboard of ${name}`, 'ConfigMap', `observability/configmap-dashboard-${name}`, {
        [`data[${name}.json].uid`]: `retailflow-production-${name}`,
      }),
    ),
    ...Object.keys(services).map((name) =>
      one(`there is a page of ${name}`, 'ConfigMap', `observability/configmap-dashboard-service-${name}`, {
        [`data[service-${name}.json].title`]: `Service ${name} (retailflow production)`,
        [`data[service-${name}.json].editable`]: false,
      }),
    ),
    one(
      'logs of all pods but those of the cloud are collected, with their labels',
      'ConfigMap',
      'kube-system/configmap-container-azm-ms-agentconfig',
      {
        'data[log-data-collection-settings]': all(
          like(/\.stdout\]\s+enabled = true/),
          like(/\.stderr\]\s+enabled = true/),
          like(/\.env_var\]\s+enabled = false/),
          like(/containerlog_schema_version = "v2"/),
          like(/include_fields = \["podLabels"/),
        ),
      },
    ),
  ],
};
