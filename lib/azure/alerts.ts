import { MonitorMetricAlert, type MonitorMetricAlertCriteria } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import type { Construct } from 'constructs';
import { groupFor, type Monitoring } from './diagnostics';
import { placed, wordIn, type Place } from './place';

/** A metric of a resource that is beyond a threshold. */
export interface Condition {
  readonly metricName: string;
  readonly aggregation: 'Average' | 'Count' | 'Maximum' | 'Minimum' | 'Total';
  /** @default 'GreaterThanOrEqual' */
  readonly operator?: 'GreaterThan' | 'GreaterThanOrEqual' | 'LessThan' | 'LessThanOrEqual';
  readonly threshold: number;
  /** Narrows the metric to some of its dimensions' values. @default - the whole metric */
  readonly dimensions?: Readonly<Record<string, readonly string[]>>;
  /** The same, by how the values begin. @default - the whole metric */
  readonly dimensionBeginnings?: Readonly<Record<string, readonly string[]>>;
}

/** Over what Azure looks at a metric, by minutes. */
const windowSizes = {
  1: 'PT1M',
  5: 'PT5M',
  15: 'PT15M',
  30: 'PT30M',
  60: 'PT1H',
  360: 'PT6H',
  720: 'PT12H',
  1440: 'P1D',
} as const;
export type WindowMinutes = keyof typeof windowSizes;

/** When somebody is called, and what they are told. */
export interface AlertProps extends Condition {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the alert, unique in its resource group. */
  readonly name: string;
  /** Id of the resource that is watched. */
  readonly targetId: string;
  /** `Microsoft.ServiceBus/namespaces` */
  readonly metricNamespace: string;
  /** Conditions of the same resource that must hold at the same time. @default - none */
  readonly and?: readonly Condition[];
  /** What is wrong, for the person who is called, in one sentence. */
  readonly description: string;
  /** File name, without ending, of the runbook under docs/runbooks that says what to do. */
  readonly runbook: string;
  /** 0 is critical, 4 is verbose. @default 1 */
  readonly severity?: 0 | 1 | 2 | 3;
  /** Over how many minutes the metric is looked at. @default 5 */
  readonly windowMinutes?: WindowMinutes;
}

/** Calls people when a metric of a resource is beyond its threshold, and so is every other one that is named. */
export function raiseAlert(scope: Construct, id: string, props: AlertProps): MonitorMetricAlert {
  const { and = [], metricNamespace, monitoring, place, severity = 1, windowMinutes = 5 } = props;
  const { resourceGroupName, tags } = placed(place);
  return new MonitorMetricAlert(scope, id, {
    name: wordIn(place, props.name),
    resourceGroupName,
    tags,
    scopes: [props.targetId],
    description: `${props.description} Runbook: docs/runbooks/${props.runbook}.md`,
    severity,
    frequency: 'PT1M',
    windowSize: windowSizes[windowMinutes],
    criteria: [props, ...and].map((condition) => criterion(metricNamespace, condition)),
    action: [{ actionGroupId: groupFor(monitoring, severity) }],
  });
}

const narrowed = (operator: string, dimensions: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(dimensions).map(([name, values]) => ({ name, operator, values: [...values] }));

const criterion = (
  metricNamespace: string,
  {
    aggregation,
    dimensionBeginnings = {},
    dimensions = {},
    metricName,
    operator = 'GreaterThanOrEqual',
    threshold,
  }: Condition,
): MonitorMetricAlertCriteria => ({
  metricNamespace,
  metricName,
  aggregation,
  operator,
  threshold,
  dimension: [...narrowed('Include', dimensions), ...narrowed('StartsWith', dimensionBeginnings)],
});
