import { DashboardGrafana } from '@cdktf/provider-azurerm/lib/dashboard-grafana';
import { DashboardGrafanaManagedPrivateEndpoint } from '@cdktf/provider-azurerm/lib/dashboard-grafana-managed-private-endpoint';
import { Construct } from 'constructs';
import type { AzureSite } from '../platform/nouns/site';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole } from './role';

export interface GrafanaProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly monitoring: Monitoring;
  /** Id of the workspace that keeps the metrics of the cluster. */
  readonly monitorWorkspaceId: string;
  /** Id of the Application Insights resource. */
  readonly insightsId: string;
  /** Who administers it: a group of Entra ID. */
  readonly administrators: AzureSite['administrators'];
}

/**
 * Dashboards of a site: in all zones, reached from the network alone, by people of Entra ID. It has no keys, reads metrics,
 * logs and traces, and may write none. It asks for a way of its own to the metrics, which somebody has to approve once:
 * docs/runbooks/azure-service.md says how.
 */
export class Grafana extends Construct {
  public readonly grafana: DashboardGrafana;

  public constructor(scope: Construct, id: string, props: GrafanaProps) {
    super(scope, id);
    const { administrators, insightsId, monitoring, monitorWorkspaceId, network, place } = props;
    this.grafana = new DashboardGrafana(this, 'Grafana', {
      ...placed(place),
      tags: { ...place.tags, 'data-class': 'internal' },
      name: nameIn(place, 'grafana'),
      sku: 'Standard',
      grafanaMajorVersion: '12',
      apiKeyEnabled: false,
      publicNetworkAccessEnabled: false,
      zoneRedundancyEnabled: true,
      deterministicOutboundIpEnabled: true,
      identity: { type: 'SystemAssigned' },
      azureMonitorWorkspaceIntegrations: [{ resourceId: monitorWorkspaceId }],
    });
    keep(this.grafana);
    privateEndpoint(this, 'Endpoint', {
      place,
      network,
      name: 'dashboards',
      targetId: this.grafana.id,
      service: 'grafana',
    });
    new DashboardGrafanaManagedPrivateEndpoint(this, 'WayToMetrics', {
      name: 'metrics',
      location: place.location,
      tags: { ...place.tags },
      grafanaId: this.grafana.id,
      privateLinkResourceId: monitorWorkspaceId,
      groupIds: ['prometheusMetrics'],
      requestMessage: 'Dashboards read the metrics of the cluster.',
    });
    sendDiagnostics(this, { id: this.grafana.id, monitoring });
    this.allow({ insightsId, monitoring, monitorWorkspaceId });
    assignRole(this, 'Administrators', {
      principalId: administrators.objectId,
      principalType: 'Group',
      role: 'Grafana Admin',
      scopeId: this.grafana.id,
    });
  }

  private allow({
    insightsId,
    monitoring,
    monitorWorkspaceId,
  }: Pick<GrafanaProps, 'insightsId' | 'monitoring' | 'monitorWorkspaceId'>): void {
    const { principalId } = this.grafana.identity;
    const reads = {
      Metrics: ['Monitoring Data Reader', monitorWorkspaceId],
      Logs: ['Log Analytics Reader', monitoring.workspaceId],
      Traces: ['Monitoring Reader', insightsId],
    } as const;
    for (const [what, [role, scopeId]] of Object.entries(reads)) {
      assignRole(this, `Reads${what}`, { principalId, role, scopeId });
    }
  }
}
