import { MonitorDataCollectionEndpoint } from '@cdktf/provider-azurerm/lib/monitor-data-collection-endpoint';
import { MonitorDataCollectionRule } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule';
import { MonitorDataCollectionRuleAssociation } from '@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association';
import { MonitorWorkspace } from '@cdktf/provider-azurerm/lib/monitor-workspace';
import { Construct } from 'constructs';
import type { Monitoring } from './diagnostics';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { admitToMonitor, type MonitorScope } from './private-monitor';

export interface ClusterMonitoringProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly monitorScope: MonitorScope;
  /** Id of the cluster. */
  readonly clusterId: string;
}

const metricStreams = ['Microsoft-PrometheusMetrics'];

/** What Container Insights takes: what containers write, what Kubernetes reports. Figures come from Prometheus. */
const logStreams = ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory'];

/** How Container Insights reads, in the words of its extension. */
const logSettings = {
  dataCollectionSettings: {
    interval: '1m',
    namespaceFilteringMode: 'Off',
    enableContainerLogV2: true,
  },
};

/**
 * Where figures and logs of a cluster go, and by which way: Prometheus into a workspace of its own, logs into the one of the
 * site, both through an endpoint that the network alone reaches.
 */
export class ClusterMonitoring extends Construct {
  /** Keeps the figures. */
  public readonly workspace: MonitorWorkspace;
  public readonly endpoint: MonitorDataCollectionEndpoint;
  /** What takes figures. */
  public readonly metrics: MonitorDataCollectionRule;

  public constructor(scope: Construct, id: string, props: ClusterMonitoringProps) {
    super(scope, id);
    const { clusterId, monitoring, monitorScope, place } = props;
    this.workspace = new MonitorWorkspace(this, 'Workspace', {
      ...placed(place),
      name: nameIn(place, 'monitor-workspace'),
      publicNetworkAccessEnabled: false,
    });
    keep(this.workspace);
    this.endpoint = new MonitorDataCollectionEndpoint(this, 'Endpoint', {
      ...placed(place),
      name: nameIn(place, 'data-collection-endpoint'),
      kind: 'Linux',
      publicNetworkAccessEnabled: false,
    });
    admitToMonitor(this, monitorScope, { name: 'cluster', id: this.endpoint.id });
    const rule = { ...placed(place), kind: 'Linux', dataCollectionEndpointId: this.endpoint.id };
    this.metrics = new MonitorDataCollectionRule(this, 'Metrics', {
      ...rule,
      name: nameIn(place, 'data-collection-rule', 'metrics'),
      dataSources: { prometheusForwarder: [{ name: 'prometheus', streams: metricStreams }] },
      destinations: { monitorAccount: [{ name: 'metrics', monitorAccountId: this.workspace.id }] },
      dataFlow: [{ streams: metricStreams, destinations: ['metrics'] }],
    });
    const logs = new MonitorDataCollectionRule(this, 'Logs', {
      ...rule,
      name: nameIn(place, 'data-collection-rule', 'logs'),
      dataSources: {
        extension: [
          {
            name: 'container-insights',
            extensionName: 'ContainerInsights',
            extensionJson: JSON.stringify(logSettings),
            streams: logStreams,
          },
        ],
      },
      destinations: { logAnalytics: [{ name: 'logs', workspaceResourceId: monitoring.workspaceId }] },
      dataFlow: [{ streams: logStreams, destinations: ['logs'] }],
    });
    this.associate('MetricsOfCluster', clusterId, { name: 'metrics', dataCollectionRuleId: this.metrics.id });
    // Azure looks for the next two by these names.
    this.associate('LogsOfCluster', clusterId, {
      name: 'ContainerInsightsExtension',
      dataCollectionRuleId: logs.id,
    });
    this.associate('ConfigurationOfCluster', clusterId, {
      name: 'configurationAccessEndpoint',
      dataCollectionEndpointId: this.endpoint.id,
    });
  }

  /** Where the cluster's own Prometheus writes, by the interface that all of them share. */
  public get metricsUrl(): string {
    const { metricsIngestionEndpoint } = this.endpoint;
    const stream = `dataCollectionRules/${this.metrics.immutableId}/streams/Microsoft-PrometheusMetrics`;
    return `${metricsIngestionEndpoint}/${stream}/api/v1/write?api-version=2023-04-24`;
  }

  private associate(
    id: string,
    targetResourceId: string,
    settings: {
      readonly name: string;
      readonly dataCollectionRuleId?: string;
      readonly dataCollectionEndpointId?: string;
    },
  ): void {
    new MonitorDataCollectionRuleAssociation(this, id, { ...settings, targetResourceId });
  }
}
