import { MonitorScheduledQueryRulesAlertV2 } from '@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2';
import type { Construct } from 'constructs';
import { isoDuration } from './duration';
import { groupFor, type Monitoring } from './diagnostics';
import { placed, wordIn, type Place } from './place';

/** Over what Azure looks at logs, in minutes. Two days are the most. */
const windows = [5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440, 2880] as const;
export type QueryWindowMinutes = (typeof windows)[number];

/** The shortest time over which Azure looks at logs and which is at least so long; nothing beyond two days. */
export const queryWindow = (minutes: number): QueryWindowMinutes | undefined => windows.find((each) => each >= minutes);

/** How often logs are asked, in minutes: what is looked at over long changes slowly. */
const everyMinutes = (window: QueryWindowMinutes): 5 | 15 | 60 => {
  if (window <= 60) return 5;
  return window <= 360 ? 15 : 60;
};

/** When somebody is called for what logs say, and what they are told. */
export interface QueryAlertProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the alert, unique in its resource group. */
  readonly name: string;
  /** What is asked of the logs, in the language of Kusto. */
  readonly query: string;
  /** Id of the identity that asks, where what is asked is more than logs. @default - whoever made the alert */
  readonly identityId?: string;
  /** Column of the result that is compared. */
  readonly measure: string;
  /** Column by which each value is watched by itself. @default - the query has one row, which is there without any log */
  readonly by?: string;
  /** Somebody is called above this. */
  readonly threshold: number;
  /** What is wrong, for the person who is called, in one sentence. */
  readonly description: string;
  /** File name, without ending, of the runbook under docs/runbooks that says what to do. */
  readonly runbook: string;
  /** 0 is critical, 4 is verbose. @default 1 */
  readonly severity?: 0 | 1 | 2 | 3;
  /** Over how many minutes logs are looked at. @default 15 */
  readonly windowMinutes?: QueryWindowMinutes;
}

/** Calls people when logs of the workspace say that something is beyond its threshold. */
export function raiseQueryAlert(
  scope: Construct,
  id: string,
  props: QueryAlertProps,
): MonitorScheduledQueryRulesAlertV2 {
  const {
    by,
    identityId,
    measure,
    monitoring,
    name,
    place,
    query,
    severity = 1,
    threshold,
    windowMinutes = 15,
  } = props;
  return new MonitorScheduledQueryRulesAlertV2(scope, id, {
    ...placed(place),
    name: wordIn(place, name),
    scopes: [monitoring.workspaceId],
    description: `${props.description} Runbook: docs/runbooks/${props.runbook}.md`,
    severity,
    evaluationFrequency: isoDuration(everyMinutes(windowMinutes) * 60),
    windowDuration: isoDuration(windowMinutes * 60),
    autoMitigationEnabled: true,
    // A table is there once the first row is written.
    skipQueryValidation: true,
    ...(identityId === undefined ? {} : { identity: { type: 'UserAssigned', identityIds: [identityId] } }),
    criteria: [
      {
        query,
        metricMeasureColumn: measure,
        timeAggregationMethod: 'Maximum',
        operator: 'GreaterThan',
        threshold,
        ...(by === undefined ? {} : { dimension: [{ name: by, operator: 'Include', values: ['*'] }] }),
        failingPeriods: { minimumFailingPeriodsToTriggerAlert: 1, numberOfEvaluationPeriods: 1 },
      },
    ],
    action: { actionGroups: [groupFor(monitoring, severity)] },
  });
}
