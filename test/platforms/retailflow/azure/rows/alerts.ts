import type { Json } from '../../../../../lib/review/json';
import { about, one, type Row } from '../../../support/about';
import type { Expectation } from '../../../support/expectations';
import { reference } from '../../../support/graph';
import { absent, like, type Matcher } from '../../../support/matchers';
import { onCall } from './facts';
import { watched as others, type Watched, type WatchedResource } from './watched';
import { watchedFlags } from './watched-flags';

const watched = [...others, watchedFlags];

const operators = {
  '<': 'LessThan',
  '<=': 'LessThanOrEqual',
  '>': 'GreaterThan',
  '>=': 'GreaterThanOrEqual',
} as const;

const minutes = (over: number): string => ({ 60: 'PT1H', 1440: 'P1D' })[over] ?? `PT${over}M`;

const says = (
  { namespace, on }: WatchedResource,
  { as = 'Average', dimension, metric, over = 5, severity = 1, threshold, when = '>=' }: Watched,
): Record<string, Json | Matcher> => ({
  scopes: [reference(on, 'id')],
  'criteria.0.metric_namespace': namespace,
  'criteria.0.metric_name': metric,
  'criteria.0.aggregation': as,
  'criteria.0.threshold': threshold,
  'criteria.0.operator': operators[when],
  'criteria.0.dimension':
    dimension === undefined
      ? []
      : [{ name: dimension.name, operator: dimension.by ?? 'Include', values: [...dimension.values] }],
  severity,
  window_size: minutes(over),
});

const each: readonly Expectation[] = watched.flatMap((group) =>
  Object.entries(group.alerts).map(([name, alert]) =>
    one(
      `${group.at} calls somebody: ${name}, ${alert.metric} ${alert.when ?? '>='} ${alert.threshold}`,
      'azurerm_monitor_metric_alert',
      `${group.at}/${name}`,
      says(group, alert),
    ),
  ),
);

/** Queues of which nobody takes anything, while something waits. */
const stalled = ['AnalyticsEvents', 'Notifications', 'OrderUpdates', 'Orders', 'Undelivered'].map(
  (queue): Expectation =>
    one(
      `somebody is called when nothing is taken from ${queue}`,
      'azurerm_monitor_metric_alert',
      `messaging/${queue}Queue/Stalled`,
      {
        'criteria.1.metric_name': 'OutgoingMessages',
        'criteria.1.operator': 'LessThanOrEqual',
        'criteria.1.threshold': 0,
        'criteria.0.aggregation': 'Minimum',
      },
    ),
);

/** What Azure itself is asked about, one by one. */
const asked: Readonly<Record<string, string>> = {
  'data/AnalyticsBackupDatabase': 'data/AnalyticsBackupDatabase/Database',
  'data/CatalogCache': 'data/CatalogCache/Cache',
  'data/SessionsCache': 'data/SessionsCache/Cache',
  'data/StoreDatabase/Replica1': 'data/StoreDatabase/Replica1/Server',
  'data/StoreDatabase/Replica2': 'data/StoreDatabase/Replica2/Server',
  'data/StoreDatabase/Writer': 'data/StoreDatabase/Writer/Server',
  'messaging/ServiceBus': 'messaging/ServiceBus/Namespace',
};

const unhealthy: readonly Expectation[] = Object.entries(asked).map(([at, on]) =>
  one(`somebody is called when Azure finds ${on} unwell`, 'azurerm_monitor_activity_log_alert', `${at}/Unhealthy`, {
    scopes: [reference(on, 'id')],
    'criteria.category': 'ResourceHealth',
    'criteria.resource_health.current': ['Degraded', 'Unavailable'],
    'criteria.resource_health.reason': ['PlatformInitiated', 'Unknown'],
  }),
);

export const alerts: Row = {
  row: 'operations: metrics',
  expectations: [
    ...each,
    ...stalled,
    ...unhealthy,
    {
      name: 'there are no other metrics that call somebody',
      type: 'azurerm_monitor_metric_alert',
      where: /^(?!operations\/Availability\/)/,
      count: watched.flatMap((group) => Object.keys(group.alerts)).length,
    },
    ...about(
      { type: 'azurerm_monitor_metric_alert' },
      {
        'metrics call those on call': { path: 'action[*].action_group_id', is: onCall },
        'metrics are looked at every minute': { path: 'frequency', is: 'PT1M' },
        'whoever is called by a metric has a runbook': {
          path: 'description',
          is: like(/Runbook: docs\/runbooks\/[a-z-]+\.md$/),
        },
        'no alert of a metric is off': { path: 'enabled', is: absent },
        'calls of metrics end by themselves': { path: 'auto_mitigate', is: absent },
      },
    ),
  ],
};
