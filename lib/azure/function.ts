import type { DataAzurermApplicationInsights } from '@cdktf/provider-azurerm/lib/data-azurerm-application-insights';
import { FunctionAppFlexConsumption } from '@cdktf/provider-azurerm/lib/function-app-flex-consumption';
import { ServicePlan } from '@cdktf/provider-azurerm/lib/service-plan';
import type { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { Construct } from 'constructs';
import { azureHosts } from '../platform/azure-hosts';
import type { ServerlessFunction } from '../platform/nouns/function';
import { whereShared, type PlacedAzureSite } from '../platform/azure-sites';
import type { Platform } from '../platform/platform';
import { AzapiUpdate } from './azapi';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { contractSettings, hostSettings, runsWithin } from './function-settings';
import { FunctionStorage } from './function-storage';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { queryWindow, raiseQueryAlert } from './query-alert';
import { assignRole, type Identity } from './role';
import { waitFor } from './wait-for';

export interface FunctionProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption<'storage'>;
  readonly monitoring: Monitoring;
  readonly platform: Platform;
  readonly site: PlacedAzureSite;
  /** What the definition calls it. */
  readonly name: string;
  readonly spec: ServerlessFunction;
  readonly identity: Identity;
  /** The Application Insights resource to which it reports. */
  readonly insights: DataAzurermApplicationInsights;
  /** What lets it read the secrets that it uses. */
  readonly secretReads: readonly RoleAssignment[];
}

const runbook = 'azure-function';

/**
 * A function: an app of its own on the plan that scales from nothing, in the network, under its own identity. It has no
 * keys, takes no logins, and nobody outside of the network reaches it.
 */
export class FunctionApp extends Construct {
  public readonly storage: FunctionStorage;
  public readonly app: FunctionAppFlexConsumption;

  public constructor(scope: Construct, id: string, props: FunctionProps) {
    super(scope, id);
    const { encryption, identity, insights, monitoring, name, network, place, secretReads, spec } = props;
    this.storage = new FunctionStorage(this, 'Storage', { place, network, encryption, monitoring, name, identity });
    const reports = assignRole(this, 'Reports', {
      principalId: identity.principalId,
      role: 'Monitoring Metrics Publisher',
      scopeId: insights.id,
    });
    this.app = this.makeApp(props);
    waitFor(this.app, [...this.storage.roles, reports, ...secretReads]);
    if (spec.uses.secrets.length > 0) this.readSecretsAs(props);
    privateEndpoint(this, 'Endpoint', {
      place,
      network,
      name: `function-${name}`,
      targetId: this.app.id,
      service: 'sites',
    });
    sendDiagnostics(this, { id: this.app.id, monitoring });
    this.alert(props);
  }

  private makeApp(props: FunctionProps): FunctionAppFlexConsumption {
    const { identity, insights, name, network, place, platform, site, spec } = props;
    const serviceBus = azureHosts.serviceBus(whereShared(platform, site));
    const { account, releases } = this.storage;
    const plan = new ServicePlan(this, 'Plan', {
      ...placed(place),
      name: nameIn(place, 'function-plan', name),
      osType: 'Linux',
      skuName: 'FC1',
      zoneBalancingEnabled: place.zones.length > 1,
    });
    const { tags, ...placement } = placed(place);
    return new FunctionAppFlexConsumption(this, 'App', {
      ...placement,
      tags: { ...tags, 'data-class': spec.dataClass, ...(spec.team === undefined ? {} : { team: spec.team }) },
      name: nameIn(place, 'function-app', name),
      servicePlanId: plan.id,
      runtimeName: spec.runtime.language,
      runtimeVersion: spec.runtime.version,
      instanceMemoryInMb: spec.memoryMiB,
      maximumInstanceCount: spec.maxInstances,
      ...(spec.alwaysReady === 0
        ? {}
        : { alwaysReady: [{ name: `function:${name}`, instanceCount: spec.alwaysReady }] }),
      storageContainerType: 'blobContainer',
      storageContainerEndpoint: `${account.primaryBlobEndpoint}${releases.name}`,
      storageAuthenticationType: 'UserAssignedIdentity',
      storageUserAssignedIdentityId: identity.id,
      identity: { type: 'UserAssigned', identityIds: [identity.id] },
      virtualNetworkSubnetId: network.subnetIds.functions,
      publicNetworkAccessEnabled: false,
      httpsOnly: true,
      webdeployPublishBasicAuthenticationEnabled: false,
      siteConfig: {
        minimumTlsVersion: '1.2',
        scmMinimumTlsVersion: '1.2',
        http2Enabled: true,
        remoteDebuggingEnabled: false,
        ipRestrictionDefaultAction: 'Deny',
        scmIpRestrictionDefaultAction: 'Deny',
        applicationInsightsConnectionString: insights.connectionString,
      },
      appSettings: {
        ...contractSettings(props),
        ...hostSettings(spec, { identity, account: account.name, serviceBus }),
      },
    });
  }

  /** Says by whom the host reads the vault: without it, it would ask as an identity that the app does not have. */
  private readSecretsAs({ identity, place }: FunctionProps): void {
    new AzapiUpdate(this, 'ReadsSecrets', {
      place,
      type: 'Microsoft.Web/sites@2024-04-01',
      resourceId: this.app.id,
      body: { properties: { keyVaultReferenceIdentity: identity.id } },
    });
  }

  private alert({ monitoring, name, place, spec }: FunctionProps): void {
    const shared = { place, monitoring, runbook };
    const runs = `AppRequests | where AppRoleName =~ "${nameIn(place, 'function-app', name)}"`;
    raiseQueryAlert(this, 'Failed', {
      ...shared,
      name: `function-${name}-failed`,
      query: `${runs} and Success == false | summarize failures = count() by AppRoleName`,
      measure: 'failures',
      by: 'AppRoleName',
      threshold: 0,
      description: `A run of the function ${name} failed.`,
      severity: 2,
    });
    const minutes = runsWithin(spec);
    const windowMinutes = minutes === undefined ? undefined : queryWindow(minutes);
    if (windowMinutes === undefined) return;
    raiseQueryAlert(this, 'Missed', {
      ...shared,
      name: `function-${name}-missed`,
      // A count has a row even where there is nothing to count, so that silence calls somebody.
      query: `${runs} and TimeGenerated > ago(${minutes}m) | summarize runs = count() | project missed = iff(runs == 0, 1, 0)`,
      measure: 'missed',
      threshold: 0,
      windowMinutes,
      description: `The function ${name} did not run when it should have.`,
    });
  }
}
