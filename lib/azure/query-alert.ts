import { MonitorScheduledQueryRulesAlertV2 } from '@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2';
import type { Construct } from 'constructs';
import type { Monitoring } from './diagnostics';
import { placed, type Place } from './place';

/** When somebody is called for what logs say, and what they are told. */
export interface QueryAlertProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the alert, unique in its resource group. */
  readonly name: string;
  /** What is asked of the logs, in the language of Kusto. */
  readonly query: string;
  /** Column of the result that is compared. */
  readonly measure: string;
  /** Column by which each value is watched by itself. */
  readonly by: string;
  /** Somebody is called above this. */
  readonly threshold: number;
  /** What is wrong, for the person who is called, in one sentence. */
  readonly description: string;
  /** File name, without ending, of the runbook under docs/runbooks that says what to do. */
  readonly runbook: string;
  /** 0 is critical, 4 is verbose. @default 1 */
  readonly severity?: 0 | 1 | 2 | 3;
  /** Over how many minutes logs are looked at. @default 15 */
  readonly windowMinutes?: 5 | 10 | 15 | 30;
}

/** Calls people when logs of the workspace say that something is beyond its threshold. They are asked every five minutes. */
export function raiseQueryAlert(
  scope: Construct,
  id: string,
  props: QueryAlertProps,
): MonitorScheduledQueryRulesAlertV2 {
  const { by, measure, monitoring, name, place, query, severity = 1, threshold, windowMinutes = 15 } = props;
  return new MonitorScheduledQueryRulesAlertV2(scope, id, {
    ...placed(place),
    name,
    scopes: [monitoring.workspaceId],
    description: `${props.description} Runbook: docs/runbooks/${props.runbook}.md`,
    severity,
    evaluationFrequency: 'PT5M',
    windowDuration: `PT${windowMinutes}M`,
    autoMitigationEnabled: true,
    // A table is there once the first row is written.
    skipQueryValidation: true,
    criteria: [
      {
        query,
        metricMeasureColumn: measure,
        timeAggregationMethod: 'Maximum',
        operator: 'GreaterThan',
        threshold,
        dimension: [{ name: by, operator: 'Include', values: ['*'] }],
        failingPeriods: { minimumFailingPeriodsToTriggerAlert: 1, numberOfEvaluationPeriods: 1 },
      },
    ],
    action: { actionGroups: [monitoring.actionGroupId] },
  });
}
