import { MonitorActivityLogAlert } from '@cdktf/provider-azurerm/lib/monitor-activity-log-alert';
import { Construct } from 'constructs';
import type { Monitoring } from './diagnostics';
import type { Place } from './place';

export interface SiteHealthProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Names of the resource groups that are watched. */
  readonly resourceGroups: readonly string[];
}

/** Calls people when Azure says that one of its services is unwell, or a resource of the site. */
export class SiteHealth extends Construct {
  public constructor(scope: Construct, id: string, props: SiteHealthProps) {
    super(scope, id);
    const { monitoring, place, resourceGroups } = props;
    const shared = {
      resourceGroupName: place.resourceGroupName,
      // The activity log belongs to no region.
      location: 'global',
      tags: { ...place.tags },
      scopes: [`/subscriptions/${place.subscriptionId}`],
      action: [{ actionGroupId: monitoring.actionGroupId }],
    };
    new MonitorActivityLogAlert(this, 'Services', {
      ...shared,
      name: 'azure-unwell',
      description: 'Azure reports an incident, maintenance or retirement. Runbook: docs/runbooks/azure-service.md',
      criteria: {
        category: 'ServiceHealth',
        serviceHealth: { events: ['Incident', 'Maintenance', 'ActionRequired', 'Security'] },
      },
    });
    new MonitorActivityLogAlert(this, 'Resources', {
      ...shared,
      name: 'resource-unwell',
      description: 'Azure finds a resource of the site unavailable. Runbook: docs/runbooks/azure-service.md',
      criteria: {
        category: 'ResourceHealth',
        resourceGroups: [...resourceGroups],
        resourceHealth: { current: ['Degraded', 'Unavailable'], reason: ['PlatformInitiated', 'Unknown'] },
      },
    });
  }
}
