import { MonitorActivityLogAlert } from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import type { Construct } from 'constructs';
import type { Monitoring } from './diagnostics';
import { placed, wordIn, type Place } from './place';

/** A resource whose health Azure reports. */
export interface HealthAlertProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the alert, unique in its resource group. */
  readonly name: string;
  /** Id of the resource that is watched. */
  readonly targetId: string;
  /** What is wrong, for the person who is called, in one sentence. */
  readonly description: string;
  /** File name, without ending, of the runbook under docs/runbooks that says what to do. */
  readonly runbook: string;
}

/** Calls people when Azure finds a resource unavailable or degraded, its standby among what it looks at. */
export function raiseHealthAlert(
  scope: Construct,
  id: string,
  { description, monitoring, name, place, runbook, targetId }: HealthAlertProps,
): MonitorActivityLogAlert {
  return new MonitorActivityLogAlert(scope, id, {
    ...placed(place),
    // The activity log belongs to no region.
    location: 'global',
    name: wordIn(place, name),
    scopes: [targetId],
    description: `${description} Runbook: docs/runbooks/${runbook}.md`,
    criteria: {
      category: 'ResourceHealth',
      resourceHealth: { current: ['Degraded', 'Unavailable'], reason: ['PlatformInitiated', 'Unknown'] },
    },
    action: [{ actionGroupId: monitoring.actionGroupId }],
  });
}
