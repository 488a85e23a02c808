import { ApiManagementDiagnostic } from '@cdktf/provider-azurerm/lib/api-management-diagnostic';
import { ApiManagementNamedValue } from '@cdktf/provider-azurerm/lib/api-management-named-value';
import { ApiManagementPolicy } from '@cdktf/provider-azurerm/lib/api-management-policy';
import { MonitorAutoscaleSetting } from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { Construct } from 'constructs';
import { keyIds, type KeyId } from '../platform/gateway/token-keys';
import type { ApiManagement as Model } from '../platform/nouns/gateway';
import { apiManagementSubnet } from '../platform/subnets';
import { raiseAlerts } from './alert-table';
import { apiManagementAlerts } from './api-management-alerts';
import { platformPolicy, tokenModulus } from './api-management-policies';
import { apiManagementTypes, autoscaleProfile, changedLater, serviceBody } from './api-management-settings';
import { AzapiResource, AzapiUpdate } from './azapi';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { apiManagementFlows } from './flows';
import { raiseHealthAlert } from './health-alert';
import { keep } from './keep';
import { groupIdOf, nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole } from './role';
import { SecurityGroup } from './security-group';
import { subnetSettings } from './subnet';
import { waitFor } from './wait-for';

export interface ApiManagementProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly monitoring: Monitoring;
  readonly gateway: Model;
  /** Who publishes, as it says of itself. */
  readonly publisher: { readonly name: string; readonly email: string };
  readonly domain: string;
  /** Range of the site's network. */
  readonly cidr: string;
  /** Ranges of the subnet that it has to itself, and of the balancer that it calls. */
  readonly ranges: Readonly<Record<'apiManagement' | 'balancer' | 'endpoints', string>>;
  /** The entries of the vault that verify tokens: their addresses, and their ids, by which they are read. */
  readonly moduli: Readonly<Record<KeyId, { readonly url: string; readonly id: string }>>;
  /** Application Insights: what requests are told to. */
  readonly insights: { readonly id: string; readonly connectionString: string };
  /** What a request may take, in milliseconds. */
  readonly p95Milliseconds: number;
}

/** Where the virtual network stands. */
const networkGroup = 'foundation';

/**
 * API Management as the gateway of a site: called at a private endpoint by the application gateway alone, calling the cluster from a
 * subnet of its own, over zones, in as many units as its processors ask for. It reads what verifies tokens from the vault, as itself, and
 * tells Application Insights of each request. What it does stands in code alone, so that a lost instance is applied again.
 */
export class ApiManagement extends Construct {
  public readonly service: AzapiResource;
  /** What policies name. */
  public readonly moduli: readonly ApiManagementNamedValue[];

  public constructor(scope: Construct, id: string, props: ApiManagementProps) {
    super(scope, id);
    const { gateway, monitoring, place } = props;
    this.service = new AzapiResource(this, 'Service', {
      place,
      type: apiManagementTypes.service,
      known: false,
      name: nameIn(place, 'api-management'),
      parentId: groupIdOf(place),
      location: place.location,
      tags: place.tags,
      identity: 'SystemAssigned',
      body: serviceBody({
        units: gateway.units,
        spansZones: place.zones.length > 1 && gateway.units.min > 1,
        publisher: props.publisher,
        subnetId: this.subnet(props),
      }),
      reads: ['identity.principalId'],
    });
    keep(this.service, {
      ignoreChanges: changedLater,
      lock: 'takes-requests',
      why: 'Every request goes through it, and another one takes an hour.',
    });
    this.close(props);
    this.moduli = keyIds.map((id) => this.verifier(id, props));
    waitFor(
      new ApiManagementPolicy(this, 'Policy', {
        apiManagementId: this.service.id,
        xmlContent: platformPolicy(props),
      }),
      this.moduli,
    );
    this.tell(props);
    new MonitorAutoscaleSetting(this, 'Units', {
      ...placed(place),
      name: `${nameIn(place, 'api-management')}-units`,
      targetResourceId: this.service.id,
      enabled: true,
      ...autoscaleProfile(this.service.id, gateway.units),
    });
    this.watch(props, monitoring);
  }

  private get principalId(): string {
    return this.service.read('identity.principalId');
  }

  private subnet({ monitoring, place, ranges }: ApiManagementProps): string {
    const scope = new Construct(this, 'Network');
    const subnet = new Subnet(scope, 'Subnet', {
      resourceGroupName: nameIn(place, 'resource-group', networkGroup),
      virtualNetworkName: nameIn(place, 'virtual-network'),
      ...subnetSettings({
        name: apiManagementSubnet,
        range: ranges.apiManagement,
        service: 'Microsoft.Web/serverFarms',
      }),
    });
    new SecurityGroup(scope, 'SecurityGroup', {
      place,
      monitoring,
      subnet: apiManagementSubnet,
      subnetId: subnet.id,
      ranges: {
        balancer: [ranges.balancer],
        endpoints: [ranges.endpoints],
        storage: ['Storage'],
        'key-vault': ['AzureKeyVault'],
      },
      ...apiManagementFlows,
    });
    return subnet.id;
  }

  /** In the network, and no longer on the internet: in this order, since Azure closes none that nobody could reach. */
  private close({ network, place }: ApiManagementProps): void {
    const endpoint = privateEndpoint(this, 'Endpoint', {
      place,
      network,
      name: 'gateway',
      targetId: this.service.id,
      service: 'api-management',
    });
    const closed = new AzapiUpdate(this, 'Closed', {
      place,
      type: apiManagementTypes.service,
      resourceId: this.service.id,
      body: { properties: { publicNetworkAccess: 'Disabled' } },
    });
    waitFor(closed, [endpoint]);
  }

  /** What verifies tokens of a key, as the vault has it. It is read anew every four hours. */
  private verifier(key: KeyId, { moduli, place }: ApiManagementProps): ApiManagementNamedValue {
    const { id, url } = moduli[key];
    const grant = assignRole(this, `ReadsModulus${key.toUpperCase()}`, {
      principalId: this.principalId,
      role: 'Key Vault Secrets User',
      scopeId: id,
    });
    const value = new ApiManagementNamedValue(this, `Modulus${key.toUpperCase()}`, {
      resourceGroupName: place.resourceGroupName,
      apiManagementName: this.service.name,
      name: tokenModulus(key),
      displayName: tokenModulus(key),
      secret: true,
      valueFromKeyVault: { secretId: url },
    });
    waitFor(value, [grant]);
    return value;
  }

  /** Each request as a part of its trace, without what it carries. */
  private tell({ insights, place }: ApiManagementProps): void {
    const grant = assignRole(this, 'WritesTraces', {
      principalId: this.principalId,
      role: 'Monitoring Metrics Publisher',
      scopeId: insights.id,
    });
    const logger = new AzapiResource(this, 'Logger', {
      place,
      type: apiManagementTypes.logger,
      name: 'application-insights',
      parentId: this.service.id,
      body: {
        properties: {
          loggerType: 'applicationInsights',
          isBuffered: true,
          resourceId: insights.id,
          credentials: { connectionString: insights.connectionString, identityClientId: 'SystemAssigned' },
        },
      },
    });
    waitFor(logger, [grant]);
    const nothing = { bodyBytes: 0 };
    new ApiManagementDiagnostic(this, 'Traces', {
      resourceGroupName: place.resourceGroupName,
      apiManagementName: this.service.name,
      apiManagementLoggerId: logger.id,
      identifier: 'applicationinsights',
      alwaysLogErrors: true,
      httpCorrelationProtocol: 'W3C',
      logClientIp: false,
      samplingPercentage: 10,
      verbosity: 'information',
      frontendRequest: nothing,
      frontendResponse: nothing,
      backendRequest: nothing,
      backendResponse: nothing,
    });
  }

  private watch({ p95Milliseconds, place }: ApiManagementProps, monitoring: Monitoring): void {
    const watched = { place, monitoring, targetId: this.service.id };
    sendDiagnostics(this, { id: this.service.id, monitoring });
    raiseAlerts(
      this,
      { ...watched, name: 'api-management', metricNamespace: 'Microsoft.ApiManagement/service' },
      apiManagementAlerts({ p95Milliseconds }),
    );
    raiseHealthAlert(this, 'Unhealthy', {
      ...watched,
      name: 'api-management-unhealthy',
      description: 'Azure finds API Management unavailable or degraded.',
      runbook: 'azure-api-management',
    });
  }
}
