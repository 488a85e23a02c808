import { DataAzurermApplicationInsights } from '@cdktf/provider-azurerm/lib/data-azurerm-application-insights';
import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Cluster } from '../../lib/azure/cluster';
import { ClusterPolicy } from '../../lib/azure/cluster-policy';
import { ClusterFederation } from '../../lib/azure/cluster-federation';
import { FunctionApp } from '../../lib/azure/function';
import { scopeMigrations } from '../../lib/azure/identity';
import { nameIn, placeIn, type Place } from '../../lib/azure/place';
import { PoolScaler } from '../../lib/azure/pool-scaler';
import { assignRole } from '../../lib/azure/role';
import { ScopeNodes } from '../../lib/azure/scope-nodes';
import { edgeCertificate } from '../../lib/platform/azure-gateway';
import { azurePair, isHome, whereShared } from '../../lib/platform/azure-sites';
import { azureName } from '../../lib/platform/azure-names';
import { azureHosts } from '../../lib/platform/azure-hosts';
import { longestEndingSeconds } from '../../lib/platform/ending';
import { keyField, keyIds } from '../../lib/platform/gateway/token-keys';
import { rolloutsOn } from '../../lib/platform/flag-rollout';
import { keepsFailover } from '../../lib/platform/failover-store';
import { loadPods, loadsOn } from '../../lib/platform/load-tests/in-cluster';
import { pascalCase } from '../../lib/platform/ids';
import {
  digestsWord,
  flagsWord,
  gatewayWord,
  keeperWord,
  loadsWord,
  migrationWord,
  observabilityWord,
  scalerWord,
  verificationWord,
} from '../../lib/platform/names';
import { nodePoolSize } from '../../lib/platform/azure-nodes';
import { named } from '../../lib/platform/named';
import { placedOn } from '../../lib/platform/platform';
import { scopeOf } from '../../lib/platform/scopes';
import type { DataStack } from './data';
import type { MessagingStack } from './messaging';
import type { Foundation } from './foundation';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ClusterStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly data: DataStack;
  readonly messaging: MessagingStack;
}

/**
 * Where services and functions run. What runs in the cluster is not here: manifests say that, and are applied by those whom
 * the cluster admits.
 */
export class ClusterStack extends TerraformStack {
  public readonly cluster: Cluster;
  /** Id of the cluster. */
  public readonly clusterId: string;
  /** Id of the workspace that keeps the cluster's figures. */
  public readonly monitorWorkspaceId: string;
  /** Functions, by name. */
  public readonly functions: Readonly<Record<string, FunctionApp>>;

  public constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id);
    const { foundation, platform, site } = props;
    const { workloads } = foundation;
    const shared = whereShared(platform, site);
    const place = preparePlatformStack(this, 'cluster', props);
    this.cluster = new Cluster(this, 'Cluster', {
      place,
      site,
      network: foundation.network,
      encryption: foundation.encryption,
      monitoring: foundation.monitoring,
      monitorScope: foundation.monitorScope,
      registryId: foundation.registry.id,
      pool: nodePoolSize(platform, site, loadPods(platform, site.siteName)),
      namespacePrefix: platform.name,
      graceSeconds: longestEndingSeconds(platform),
      upgradedBy: azurePair(platform) === undefined ? 'itself' : 'fleet',
    });
    this.clusterId = this.cluster.cluster.id;
    this.monitorWorkspaceId = this.cluster.observed.workspace.id;
    new ClusterPolicy(this, 'Policy', {
      place,
      registryHost: azureHosts.registry(shared),
      mesh: site.kubernetes.mesh,
    });
    new ClusterFederation(this, 'Federation', {
      place,
      issuer: this.cluster.cluster.oidcIssuerUrl,
      // Identities stand with the foundation, of the site that has them for both.
      identityGroup: azureName('resource-group', shared, 'foundation'),
      credential: isHome(platform, site) ? 'cluster' : `cluster-${site.siteName}`,
      identities: {
        ...Object.fromEntries(
          Object.entries(foundation.identities).filter(([name]) => Object.hasOwn(platform.services, name)),
        ),
        [gatewayWord]: workloads.gateway,
        [migrationWord]: workloads.migration,
        ...scopeMigrations(workloads),
        ...(workloads.keeper === undefined ? {} : { [keeperWord]: workloads.keeper }),
        ...(workloads.digests === undefined ? {} : { [digestsWord]: workloads.digests }),
        ...(workloads.verification === undefined ? {} : { [verificationWord]: workloads.verification }),
        ...(workloads.loads === undefined || loadsOn(platform, site.siteName) === undefined
          ? {}
          : { [loadsWord]: workloads.loads }),
        ...(workloads.flags === undefined || rolloutsOn(platform, site.siteName).length === 0
          ? {}
          : { [flagsWord]: workloads.flags }),
        [observabilityWord]: workloads.observability,
        [scalerWord]: workloads.scaler,
      },
    });
    if (keepsFailover(platform, site)) {
      new PoolScaler(this, 'PoolScaler', {
        place,
        clusterId: this.clusterId,
        subnetId: foundation.network.subnetIds.cluster,
        control: workloads.migration,
      });
    }
    this.makeScopeNodes(place, props);
    this.watch(foundation);
    this.functions = this.makeFunctions(place, props);
    this.grantSecrets(props);
  }

  /** Nodes of each scope whose databases the cluster administers. */
  private makeScopeNodes(place: Place, { foundation, platform }: ClusterStackProps): void {
    for (const [name, { databases }] of Object.entries(platform.scopes)) {
      if (databases.length === 0) continue;
      new ScopeNodes(this, `${pascalCase(name)}Scope`, {
        place: placeIn(place, name),
        network: named('scopes', foundation.scopes, name).network,
        clusterId: this.clusterId,
        controlPlane: this.cluster.identity.controlPlane.principalId,
        name,
      });
    }
  }

  /** Lets what watches the cluster write figures and traces, and tells it where. */
  private watch({ insightsId, workloads }: Foundation): void {
    const { principalId } = workloads.observability;
    const { metrics, metricsUrl } = this.cluster.observed;
    const role = 'Monitoring Metrics Publisher';
    assignRole(this, 'WritesFigures', { principalId, role, scopeId: metrics.id });
    assignRole(this, 'WritesTraces', { principalId, role, scopeId: insightsId });
    new TerraformOutput(this, 'metrics_url', {
      value: metricsUrl,
      description: 'Where the Prometheus of the cluster writes, for the cluster',
      staticId: true,
    });
  }

  /** The values are in the vault by now: people write them once the foundation stands. */
  private grantSecrets({ foundation, platform }: ClusterStackProps): void {
    const { identities, secrets, vault, workloads } = foundation;
    const readers = new Construct(this, 'Secrets');
    for (const [service, { uses }] of Object.entries(platform.services)) {
      for (const name of uses.secrets) {
        const identity = identities[service];
        if (identity !== undefined)
          named('uses.secrets', secrets, name).grant(readers, identity, { service, kind: 'secrets' });
      }
    }
    if (platform.gateway === undefined) return;
    // It answers the edge with the certificate of the domain, which the edge verifies.
    assignRole(readers, pascalCase(`${gatewayWord}-${edgeCertificate}`), {
      principalId: workloads.gateway.principalId,
      role: 'Key Vault Secrets User',
      scopeId: `${vault.id}/secrets/${edgeCertificate}`,
    });
    // API Management verifies tokens by itself, and the door of the cluster does not.
    if (platform.gateway.kind === 'api-management') return;
    const tokens = named('gateway.tokens.secret', secrets, platform.gateway.tokens.secret);
    for (const id of keyIds) {
      tokens.grantField(readers, workloads.gateway, { reader: gatewayWord, field: keyField('publicKey', id) });
    }
  }

  private makeFunctions(place: Place, props: ClusterStackProps): Readonly<Record<string, FunctionApp>> {
    const { foundation, platform, site } = props;
    const specs = placedOn(platform.functions, site.siteName);
    if (specs.length === 0) return {};
    const { identities, monitoring, secrets } = foundation;
    const readers = new Construct(this, 'FunctionSecrets');
    // Read here, since its address is no id, and ids alone go from stack to stack.
    const insights = new DataAzurermApplicationInsights(this, 'Insights', {
      name: nameIn(place, 'application-insights'),
      resourceGroupName: nameIn(place, 'resource-group', 'foundation'),
    });
    return Object.fromEntries(
      specs.map(([name, spec]) => {
        const identity = identities[name];
        if (identity === undefined) throw new Error(`functions.${name} has no identity`);
        const scope = scopeOf(platform, 'functions', name);
        const { encryption, network } = scope === undefined ? foundation : named('scopes', foundation.scopes, scope);
        return [
          name,
          new FunctionApp(this, `${pascalCase(name)}Function`, {
            place: placeIn(place, scope),
            network,
            encryption,
            monitoring,
            platform,
            site,
            name,
            spec,
            identity,
            insights,
            secretReads: spec.uses.secrets.flatMap((secret) =>
              named('uses.secrets', secrets, secret).grant(readers, identity, { service: name, kind: 'secrets' }),
            ),
          }),
        ];
      }),
    );
  }
}
