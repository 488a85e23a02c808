import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import type { Construct } from 'constructs';
import type { Shared } from './place';

/** A figure of a subscription that is beyond a threshold. */
export interface SubscriptionAlert {
  /** What follows `pubsub.googleapis.com/subscription/`. */
  readonly metric: string;
  readonly subscription: string;
  /** Narrows the figure to some of its labels. @default - the whole figure */
  readonly filter?: string;
  /** How figures of a minute become one. */
  readonly aligner: 'ALIGN_MAX' | 'ALIGN_SUM';
  /** Somebody is called above this. */
  readonly threshold: number;
  /** How long it must stay there, in seconds: whole minutes. @default 0 */
  readonly seconds?: number;
  /** What is wrong, for the person who is called, in one sentence. */
  readonly description: string;
}

/** File name, without ending, of the runbook that says what to do. */
const runbook = 'warehouse';

/** Calls people when a figure of a subscription is beyond its threshold. */
export function raiseAlert(
  scope: Construct,
  id: string,
  { channel, place }: Pick<Shared, 'channel' | 'place'>,
  alert: SubscriptionAlert,
): MonitoringAlertPolicy {
  const { aligner, description, filter, metric, seconds = 0, subscription, threshold } = alert;
  const displayName = `${subscription}: ${metric}`;
  return new MonitoringAlertPolicy(scope, id, {
    project: place.project,
    displayName,
    combiner: 'OR',
    severity: 'ERROR',
    notificationChannels: [channel],
    userLabels: { ...place.labels },
    documentation: { mimeType: 'text/markdown', content: `${description} Runbook: docs/runbooks/${runbook}.md` },
    conditions: [
      {
        displayName,
        conditionThreshold: {
          filter: [
            `metric.type = "pubsub.googleapis.com/subscription/${metric}"`,
            'resource.type = "pubsub_subscription"',
            `resource.labels.subscription_id = "${subscription}"`,
            ...(filter === undefined ? [] : [filter]),
          ].join(' AND '),
          comparison: 'COMPARISON_GT',
          thresholdValue: threshold,
          duration: `${seconds}s`,
          aggregations: [{ alignmentPeriod: '60s', perSeriesAligner: aligner }],
          trigger: { count: 1 },
        },
      },
    ],
  });
}
