import { about, at, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { containing, like, oneLike, oneOf } from '../../../support/matchers';
import { onCall, subscription, workspace } from './facts';

const stack = 'operations';

/** What services are watched by, and the table that says it. */
const queries: Readonly<Record<string, { sentence: string; table: RegExp; threshold: number }>> = {
  Errors: { sentence: 'services that fail requests', table: /AppRequests[\s\S]*Success == false/, threshold: 1 },
  Slow: {
    sentence: 'services that answer slowly',
    table: /AppRequests[\s\S]*percentile\(DurationMs, 95\)/,
    threshold: 1,
  },
  PodsFailing: { sentence: 'pods that fail', table: /KubePodInventory[\s\S]*CrashLoopBackOff/, threshold: 0 },
  PodsWithoutRoom: { sentence: 'pods without a node', table: /KubeEvents[\s\S]*FailedScheduling/, threshold: 0 },
};

const services: readonly Expectation[] = Object.entries(queries).flatMap(([name, { sentence, table, threshold }]) =>
  about(
    {
      stack,
      type: 'azurerm_monitor_scheduled_query_rules_alert_v2',
      where: at(`operations/ServiceAlerts/${name}`),
      count: 1,
    },
    {
      [`somebody is called for ${sentence}`]: { path: 'criteria[*].query', is: like(table) },
      [`somebody is called for ${sentence}, beyond their limit`]: { path: 'criteria[*].threshold', is: threshold },
      [`somebody is called for ${sentence}, and not for fewer`]: { path: 'criteria[*].operator', is: 'GreaterThan' },
    },
  ),
);

const keeper: readonly Expectation[] = Object.entries({
  Silent: {
    sentence: 'a keeper that keeps nothing',
    query:
      /^datatable\(database: string\) \['store'\][\s\S]*leftanti[\s\S]*'retailflow-keeper'[\s\S]*'renewed', 'released', 'nothing'/,
    threshold: 0,
  },
  Behind: {
    sentence: 'a site that is further behind than the recovery point',
    query: /'retailflow-keeper'[\s\S]*arg_max\(TimeGenerated[\s\S]*behindSeconds/,
    threshold: 60,
  },
}).flatMap(([name, { query, sentence, threshold }]) =>
  about(
    {
      stack,
      type: 'azurerm_monitor_scheduled_query_rules_alert_v2',
      where: at(`operations/KeeperAlerts/${name}`),
      count: 1,
    },
    {
      [`somebody is called for ${sentence}`]: { path: 'criteria[*].query', is: like(query) },
      [`somebody is called for ${sentence}, at once`]: { path: 'criteria[*].threshold', is: threshold },
      [`somebody is called for ${sentence}, and not for less`]: { path: 'criteria[*].operator', is: 'GreaterThan' },
      [`somebody is called for ${sentence}, by database`]: {
        path: 'criteria[*].dimension',
        is: [{ name: 'database', operator: 'Include', values: ['*'] }],
      },
    },
  ),
);

const limits = ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'].map((service): Expectation => ({
  name: `failures and slowness of ${service} are measured`,
  stack,
  type: 'azurerm_monitor_scheduled_query_rules_alert_v2',
  where: /ServiceAlerts\/(Errors|Slow)$/,
  count: 2,
  path: 'criteria[*].query',
  is: like(new RegExp(`'${service}', [\\d.]+, \\d+, \\d+`)),
}));

const spending: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_consumption_budget_subscription', count: 1 },
    {
      'the site may spend its part of the platform’s budget in a month': { path: 'amount', is: 22_000 },
      'spending is counted by the month': { path: 'time_grain', is: 'Monthly' },
      'the budget is the subscription’s': { path: 'subscription_id', is: subscription },
      ...Object.fromEntries(
        (
          [
            ['Actual', 80],
            ['Actual', 100],
            ['Forecasted', 100],
          ] as const
        ).map(([threshold_type, threshold]) => [
          `somebody is told of ${threshold}% of the budget, ${threshold_type.toLowerCase()}`,
          {
            path: 'notification',
            is: containing({ enabled: true, operator: 'GreaterThan', threshold, threshold_type }),
          },
        ]),
      ),
      'those on call are told of spending': { path: 'notification[*].contact_groups', is: [onCall] },
      'spending is told by mail': { path: 'notification[*].contact_emails', is: ['on-call@example.com'] },
    },
  ),
  ...about(
    { stack, type: 'azurerm_cost_anomaly_alert', count: 1 },
    {
      'spending unlike before is told': { path: 'email_addresses', is: ['on-call@example.com'] },
      'spending unlike before is looked for in the subscription': { path: 'subscription_id', is: subscription },
    },
  ),
];

const health: readonly Expectation[] = [
  ...about(
    { stack, type: 'azurerm_monitor_activity_log_alert', where: at('operations/Health/Services'), count: 1 },
    {
      'Azure’s own incidents call somebody': {
        path: 'criteria.service_health.events',
        is: containing('Incident', 'Maintenance', 'ActionRequired', 'Security'),
      },
      'what Azure says of its services is listened to': { path: 'criteria.category', is: 'ServiceHealth' },
    },
  ),
  ...about(
    { stack, type: 'azurerm_monitor_activity_log_alert', where: at('operations/Health/Resources'), count: 1 },
    {
      'a resource that Azure finds unwell calls somebody': {
        path: 'criteria.resource_health.current',
        is: containing('Degraded', 'Unavailable'),
      },
      'what Azure says of the resources is listened to': { path: 'criteria.category', is: 'ResourceHealth' },
      ...Object.fromEntries(
        ['foundation', 'messaging', 'cluster', 'edge', 'messages'].map((name) => [
          `Azure is asked how resources of ${name} are`,
          { path: 'criteria.resource_groups[*]', is: oneLike(new RegExp(`-${name}$`)) },
        ]),
      ),
    },
  ),
];

export const operations: Row = {
  row: 'operations: what calls people',
  expectations: [
    ...services,
    ...keeper,
    ...limits,
    ...about(
      { type: 'azurerm_monitor_scheduled_query_rules_alert_v2' },
      {
        'queries call those on call': { path: 'action.action_groups', is: [onCall] },
        'queries look at the logs of the site': { path: 'scopes', is: [workspace] },
        'queries call somebody at the first time': {
          path: 'criteria[*].failing_periods',
          is: { minimum_failing_periods_to_trigger_alert: 1, number_of_evaluation_periods: 1 },
        },
        'queries take the worst': { path: 'criteria[*].time_aggregation_method', is: 'Maximum' },
        'alerts of queries are serious': { path: 'severity', is: oneOf(1, 2) },
        'whoever is called by a query has a runbook': {
          path: 'description',
          is: like(/Runbook: docs\/runbooks\/[a-z-]+\.md$/),
        },
        'calls of queries end by themselves': { path: 'auto_mitigation_enabled', is: true },
      },
    ),
    ...about(
      // What has not run has no name in a log, and may be long in coming.
      { type: 'azurerm_monitor_scheduled_query_rules_alert_v2', where: /^(?!.*(Function\/Missed|Messages\/Bounces)$)/ },
      {
        'queries look ten minutes to half an hour back': {
          path: 'window_duration',
          is: oneOf('PT10M', 'PT15M', 'PT30M'),
        },
        'queries tell who it is': {
          path: 'criteria[*].dimension',
          is: containing({ operator: 'Include', values: ['*'] }),
        },
        'queries are asked every five minutes': { path: 'evaluation_frequency', is: 'PT5M' },
      },
    ),
    ...spending,
    ...health,
  ],
};
