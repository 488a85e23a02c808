import { about, at, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { containing, exactly, like } from '../../../support/matchers';
import { onCall, workspace } from './facts';

const stack = 'cluster';
const itself = reference('cluster/Cluster/Cluster', 'id');
const part = (name: string): string => reference(`cluster/Cluster/Monitoring/${name}`, 'id');

/** Alerts of what runs, by what each looks at. */
const rules: Readonly<Record<string, { about: RegExp; severity: number; minutes: string }>> = {
  NodeNotReady: { about: /kube_node_status_condition\{condition="Ready"/, severity: 1, minutes: 'PT10M' },
  PodsWait: {
    about: /^max by \(namespace, pod\) \(kube_pod_status_phase\{phase="Pending"\}\) == 1$/,
    severity: 1,
    minutes: 'PT15M',
  },
  PodsCrash: { about: /CrashLoopBackOff/, severity: 1, minutes: 'PT10M' },
  MemoryExceeded: { about: /OOMKilled/, severity: 2, minutes: 'PT1M' },
  ReplicasMissing: {
    about: /kube_deployment_spec_replicas.* or .*rollout_info_replicas_desired.* > 0\)$/,
    severity: 1,
    minutes: 'PT15M',
  },
  NoReplicas: {
    about: /kube_deployment_status_replicas_available.*== 0.* or .*rollout_info_replicas_available.*== 0/,
    severity: 0,
    minutes: 'PT2M',
  },
  AtItsMost: { about: /kube_horizontalpodautoscaler_spec_max_replicas/, severity: 2, minutes: 'PT15M' },
};

/** Alerts of what the cluster's own Prometheus tells, likewise. */
const workloads: typeof rules = {
  ReleaseTakenBack: {
    about: /rollout_info\{namespace=~"retailflow-\.\+",phase=~"Degraded/,
    severity: 1,
    minutes: 'PT2M',
  },
  MigrationFailed: {
    about: /kube_job_spec_completions.*- sum.*kube_job_status_succeeded/,
    severity: 1,
    minutes: 'PT20M',
  },
  JobFailed: {
    about: /kube_job_status_start_time\{.*order-reconcile-.*payment-reconcile-.*kube_job_failed\{/,
    severity: 1,
    minutes: 'PT1M',
  },
  JobMissed: {
    about: /order-reconcile-.*kube_job_status_succeeded.*> 2700 or .*payment-reconcile-.*> 176700$/,
    severity: 1,
    minutes: 'PT5M',
  },
  SecretNotRead: { about: /externalsecret_status_condition.*status="False"/, severity: 1, minutes: 'PT15M' },
  CertificateEnds: { about: /certmanager_certificate_expiration.*< 604800$/, severity: 1, minutes: 'PT60M' },
  ApplicationDiffers: { about: /argocd_app_info\{sync_status!="Synced"\}/, severity: 2, minutes: 'PT30M' },
  ApplicationSick: { about: /argocd_app_info\{health_status=~"Degraded/, severity: 1, minutes: 'PT15M' },
  GatewayErrors: { about: /kong_http_requests_total\{namespace="retailflow-gateway"/, severity: 0, minutes: 'PT3M' },
  GatewayUnread: { about: /^absent_over_time\(kong_nginx_connections_total/, severity: 2, minutes: 'PT5M' },
  CollectorDrops: { about: /otelcol_exporter_send_failed_spans_total/, severity: 2, minutes: 'PT10M' },
  FiguresNotWritten: { about: /prometheus_remote_storage_samples_failed_total/, severity: 2, minutes: 'PT15M' },
  FiguresMissing: { about: /^absent_over_time\(prometheus_build_info/, severity: 1, minutes: 'PT5M' },
  FiguresUnread: { about: /^avg by \(job\) \(up\)/, severity: 2, minutes: 'PT15M' },
};

const groups = [
  {
    stack,
    of: rules,
    whose: 'of what runs',
    runbook: /Runbook: docs\/runbooks\/azure-cluster\.md$/,
    scopes: [part('Workspace'), itself],
  },
  {
    stack: 'operations',
    of: workloads,
    whose: 'of what the cluster tells',
    runbook: /Runbook: docs\/runbooks\/(jobs|kubernetes-[a-z]+)\.md$/,
    scopes: [part('Workspace'), itself],
  },
] as const;

/** What each alert of a group asks, how much it matters, and how long it waits. */
const asked = (group: Parameters<typeof about>[0], of: typeof rules): readonly Expectation[] =>
  Object.entries(of).flatMap(([name, { about: pattern, minutes, severity }]) =>
    about(group, {
      [`somebody is called for ${name}`]: { path: `rule[alert=${name}].expression`, is: like(pattern) },
      [`${name} is of severity ${severity}`]: { path: `rule[alert=${name}].severity`, is: severity },
      [`${name} holds for ${minutes} before somebody is called`]: { path: `rule[alert=${name}].for`, is: minutes },
    }),
  );

const alerts: readonly Expectation[] = groups.flatMap(({ of, runbook, scopes, stack: its, whose }) => {
  const group = { stack: its, type: 'azurerm_monitor_alert_prometheus_rule_group', where: /Alerts\//, count: 1 };
  return [
    ...about(group, {
      [`alerts ${whose} are on`]: { path: 'rule_group_enabled', is: true },
      [`each alert ${whose} is on`]: { path: 'rule[*].enabled', is: true },
      [`alerts ${whose} call those on call`]: { path: 'rule[*].action', is: [{ action_group_id: onCall }] },
      [`alerts ${whose} have a runbook`]: { path: 'rule[*].annotations.description', is: like(runbook) },
      [`alerts ${whose} end by themselves`]: { path: 'rule[*].alert_resolution.auto_resolved', is: true },
      [`alerts ${whose} look at the figures of the cluster`]: { path: 'scopes', is: scopes },
      [`alerts ${whose} are looked at every minute`]: { path: 'interval', is: 'PT1M' },
    }),
    ...asked(group, of),
  ];
});

/** How goals are measured, with the thresholds and the windows of tasks. */
const promised: typeof rules = {
  ServiceLevelFast: { about: /\[60m\]\) >= 4\.32 .*\[5m\]\) >= 4\.32 /, severity: 1, minutes: 'PT1M' },
  ServiceLevelSteady: { about: /\[360m\]\) >= 1\.8 .*\[30m\]\) >= 1\.8 /, severity: 1, minutes: 'PT1M' },
  ServiceLevelSlow: { about: /\[1440m\]\) >= 0\.9 .*\[120m\]\) >= 0\.9 /, severity: 2, minutes: 'PT1M' },
  BusyDay: { about: /\[6h\]\) > 35 and .* offset 18h\) > 35$/, severity: 2, minutes: 'PT5M' },
};

/** Of what, by the name under which it is kept. */
const counted = {
  'gateway:calls:rate5m': /^sum\(rate\(kong_request_latency_ms_count\{namespace="retailflow-gateway",service!=""\}/,
  'gateway:calls_late:rate5m': /le=~"2000\(\[\.\]0\)\?"/,
  'service:processors:percent5m':
    /^100 \* .*container_cpu_usage_seconds_total.* \/ .*kube_pod_container_resource_requests/,
} as const;

const objectives = {
  stack: 'operations',
  type: 'azurerm_monitor_alert_prometheus_rule_group',
  where: /Objectives\//,
  count: 1,
} as const;

const goals: readonly Expectation[] = [
  ...about(objectives, {
    'goals are measured': { path: 'rule_group_enabled', is: true },
    'each figure and alert of a goal is on': { path: 'rule[*].enabled', is: true },
    'goals are measured in the cluster': { path: 'scopes', is: [part('Workspace'), itself] },
    'goals are measured every minute': { path: 'interval', is: 'PT1M' },
    ...Object.fromEntries(
      Object.entries(counted).flatMap(([name, pattern]) => [
        [`${name} is reckoned for a goal`, { path: `rule[record=${name}].expression`, is: like(pattern) }],
        [`${name} names its cluster`, { path: `rule[record=${name}].labels.cluster`, is: 'aks-retailflow-production' }],
      ]),
    ),
    ...Object.fromEntries(
      Object.keys(promised).flatMap((name) => [
        [`${name} calls those on call`, { path: `rule[alert=${name}].action`, is: [{ action_group_id: onCall }] }],
        [
          `${name} has a runbook`,
          { path: `rule[alert=${name}].annotations.description`, is: like(/docs\/runbooks\/(service|slo)\.md$/) },
        ],
        [`${name} ends by itself`, { path: `rule[alert=${name}].alert_resolution.auto_resolved`, is: true }],
      ]),
    ),
  }),
  ...asked(objectives, promised),
];

/** What is reckoned every minute, by the name under which it is kept. */
const reckoned = {
  'platform:requests:rate5m': /^sum\(rate\(kong_http_requests_total\{namespace="retailflow-gateway"\}/,
  'platform:failures:rate5m': /code=~"5\.\."\}\[5m\]\)\) or 0 \* sum/,
  'platform:duration_bucket:rate5m': /^sum by \(le\) \(rate\(kong_request_latency_ms_bucket/,
} as const;

const recorded: readonly Expectation[] = about(
  { stack: 'operations', type: 'azurerm_monitor_alert_prometheus_rule_group', where: /Recorded\//, count: 1 },
  {
    ...Object.fromEntries(
      Object.entries(reckoned).map(([name, asked]) => [
        `${name} is reckoned of what people ask`,
        { path: `rule[record=${name}].expression`, is: like(asked) },
      ]),
    ),
    'figures of a week are reckoned': { path: 'rule_group_enabled', is: true },
    'each figure of a week is reckoned': { path: 'rule[*].enabled', is: true },
    'figures of a week are reckoned of the cluster': { path: 'scopes', is: [part('Workspace'), itself] },
    'figures of a week are reckoned every minute': { path: 'interval', is: 'PT1M' },
  },
);

/** Where what watches the cluster writes: figures, and traces. */
const writes = {
  WritesFigures: part('Metrics'),
  WritesTraces: reference('foundation/Observability/Insights', 'id'),
};

export const clusterMonitoring: Row = {
  row: 'cluster: figures and logs',
  expectations: [
    ...alerts,
    ...goals,
    ...recorded,
    ...Object.entries(writes).map(([name, scope]) =>
      one(`what watches the cluster ${name}`, 'azurerm_role_assignment', `cluster/${name}`, {
        scope,
        role_definition_name: 'Monitoring Metrics Publisher',
        principal_id: reference('foundation/Identities/Observability', 'principal_id'),
      }),
    ),
    ...about(
      { stack, type: 'azurerm_monitor_workspace', count: 1 },
      { 'figures are not reached from the internet': { path: 'public_network_access_enabled', is: false } },
    ),
    ...about(
      { stack, type: 'azurerm_monitor_data_collection_endpoint', count: 1 },
      {
        'figures are not sent from the internet': { path: 'public_network_access_enabled', is: false },
        'figures are of Linux': { path: 'kind', is: 'Linux' },
      },
    ),
    one(
      'figures and logs are sent through the network',
      'azurerm_monitor_private_link_scoped_service',
      'cluster/Cluster/Monitoring/Cluster',
      {
        linked_resource_id: part('Endpoint'),
        scope_name: reference('foundation/PrivateMonitor/Scope', 'name'),
      },
    ),
    ...about(
      {
        stack,
        type: 'azurerm_monitor_data_collection_rule',
        where: at('cluster/Cluster/Monitoring/Metrics'),
        count: 1,
      },
      {
        'figures go to their workspace': {
          path: 'destinations.monitor_account[*].monitor_account_id',
          is: part('Workspace'),
        },
        'figures of Prometheus are collected': {
          path: 'data_sources.prometheus_forwarder[*].streams',
          is: exactly('Microsoft-PrometheusMetrics'),
        },
        'figures that are collected are sent': {
          path: 'data_flow',
          is: containing({ streams: ['Microsoft-PrometheusMetrics'], destinations: ['metrics'] }),
        },
      },
    ),
    ...about(
      { stack, type: 'azurerm_monitor_data_collection_rule', where: at('cluster/Cluster/Monitoring/Logs'), count: 1 },
      {
        'logs go to the workspace': { path: 'destinations.log_analytics[*].workspace_resource_id', is: workspace },
        'logs, events and pods are collected': {
          path: 'data_sources.extension[*].streams',
          is: containing('Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory'),
        },
        'logs, events and pods are sent': {
          path: 'data_flow',
          is: containing({
            streams: ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory'],
            destinations: ['logs'],
          }),
        },
      },
    ),
    ...about(
      { stack, type: 'azurerm_monitor_data_collection_rule', count: 2 },
      {
        'figures and logs are sent by the endpoint of the network': {
          path: 'data_collection_endpoint_id',
          is: part('Endpoint'),
        },
      },
    ),
    ...(
      [
        ['MetricsOfCluster', 'data_collection_rule_id', 'Metrics'],
        ['LogsOfCluster', 'data_collection_rule_id', 'Logs'],
        ['ConfigurationOfCluster', 'data_collection_endpoint_id', 'Endpoint'],
      ] as const
    ).map(([name, by, what]) =>
      one(
        `${what} of the cluster are collected`,
        'azurerm_monitor_data_collection_rule_association',
        `cluster/Cluster/Monitoring/${name}`,
        {
          [by]: part(what),
          target_resource_id: itself,
        },
      ),
    ),
  ],
};
