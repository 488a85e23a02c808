import { Fn, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Audit } from '../../lib/azure/audit';
import type { Monitoring } from '../../lib/azure/diagnostics';
import { keyPurposes, type Encryption } from '../../lib/azure/encryption';
import { FlowLogs } from '../../lib/azure/flow-logs';
import { Identities, scopeMigrations, type WorkloadIdentities } from '../../lib/azure/identity';
import { byName } from '../../lib/platform/by-name';
import { ImageImporter } from '../../lib/azure/image-importer';
import { Keys, type KeysProps } from '../../lib/azure/keys';
import { Network } from '../../lib/azure/network';
import { Observability } from '../../lib/azure/observability';
import { OutsideIdentity } from '../../lib/azure/outside-identity';
import { Peering } from '../../lib/azure/peering';
import { privateEndpoint } from '../../lib/azure/private-endpoint';
import { PrivateMonitor, type MonitorScope } from '../../lib/azure/private-monitor';
import { placeIn, type Place } from '../../lib/azure/place';
import { ownPostgresZone, postgresZone, type PrivateNetwork } from '../../lib/azure/private-network';
import { Registry } from '../../lib/azure/registry';
import type { Identity } from '../../lib/azure/role';
import { Scope, type Apart } from '../../lib/azure/scope';
import { ExternalSecret } from '../../lib/azure/secret';
import { VaultExpiry } from '../../lib/azure/vault-expiry';
import { waitFor } from '../../lib/azure/wait-for';
import { flagsOn } from '../../lib/platform/azure-flags';
import { hasApiManagement } from '../../lib/platform/azure-gateway';
import { azureName, sitePrefix } from '../../lib/platform/azure-names';
import { azureHome, copiesOf, whereIs, whereShared, type AzureWhere } from '../../lib/platform/azure-sites';
import { keepingOf } from '../../lib/platform/keeping';
import { hasLedgers } from '../../lib/platform/ledgers';
import { hasFlagRollouts } from '../../lib/platform/flag-rollout';
import { loadsInCluster } from '../../lib/platform/load-tests/in-cluster';
import { linkNetwork } from '../../lib/platform/link-network';
import {
  copierWord,
  gatewayWord,
  importerWord,
  digestsWord,
  flagsWord,
  keeperWord,
  loadsWord,
  migrationWord,
  observabilityWord,
  scalerWord,
  verificationWord,
} from '../../lib/platform/names';
import { named } from '../../lib/platform/named';
import { objectCopies } from '../../lib/platform/object-copies';
import { aiSearches } from '../../lib/platform/nouns/storage';
import { azureUsers } from '../../lib/platform/outputs';
import { placedOn, sitesOf } from '../../lib/platform/platform';
import { scopeOf, scopeThirdParties } from '../../lib/platform/scopes';
import { apiManagementSubnetKey, azureSubnetKey, type AzureSubnet } from '../../lib/platform/subnets';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

/** What the other stacks know of the foundation. */
export interface Foundation {
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Lets what is made elsewhere into the network's way to Azure Monitor. */
  readonly monitorScope: MonitorScope;
  /** Identities of services and functions, by name. */
  readonly identities: Readonly<Record<string, Identity>>;
  /** The same with those of what the platform runs itself. */
  readonly workloads: WorkloadIdentities;
  /** Identity of what copies objects from the primary, where objects are copied. */
  readonly copierIdentity: Identity | undefined;
  readonly registry: { readonly id: string };
  readonly vault: { readonly id: string };
  /** What each scope has of its own, by the scope. */
  readonly scopes: Readonly<Record<string, Apart>>;
  /** Secrets whose values come from outside, by name. */
  readonly secrets: Readonly<Record<string, ExternalSecret>>;
  /** Id of the workspace-based Application Insights resource. */
  readonly insightsId: string;
}

export interface FoundationStackProps extends PlatformStackProps {
  /** Foundation of the other site on Azure, which has what both share. @default - this one has everything itself */
  readonly home?: Foundation | undefined;
}

/** What everything else on the site stands on: network, keys, logs, identities, images, and what watches all of it. */
export class FoundationStack extends TerraformStack implements Foundation {
  public readonly network: Network;
  public readonly encryption: Keys;
  public readonly monitoring: Observability;
  public readonly monitorScope: PrivateMonitor;
  public readonly identities: Readonly<Record<string, Identity>>;
  public readonly workloads: WorkloadIdentities;
  public readonly copierIdentity: Identity | undefined;
  public readonly registry: { readonly id: string };
  public readonly vault: { readonly id: string };
  public readonly scopes: Readonly<Record<string, Apart>>;
  public readonly secrets: Readonly<Record<string, ExternalSecret>>;
  public readonly insightsId: string;

  public constructor(scope: Construct, id: string, props: FoundationStackProps) {
    super(scope, id);
    const { home, platform, site } = props;
    const { email, warnings } = platform.stage.alarms;
    const place = preparePlatformStack(this, 'foundation', props);
    const copies = objectCopies(platform);
    const { addresses } = platform.allocations;
    const others = sitesOf(platform).filter(({ siteName }) => siteName !== site.siteName);
    this.monitoring = new Observability(this, 'Observability', { place, email, warningsEmail: warnings?.email });
    const { monitoring } = this;
    this.network = new Network(this, 'Network', {
      place,
      monitoring,
      site,
      allocations: addresses,
      otherSites: others.map(({ network }) => network.cidr),
      otherRegions: others
        .filter(({ cloud }) => cloud === 'azure')
        .flatMap(({ siteName }) =>
          databaseCallers.map((subnet) => named('allocations.addresses', addresses, azureSubnetKey(siteName, subnet))),
        ),
      ...(home === undefined ? {} : { postgresZone: ownPostgresZone(sitePrefix(whereIs(platform, site))) }),
      objectCopiers: copies === undefined ? [] : linkNetwork(platform).aws.objectCopiers,
      functionsCallOut: placedOn(platform.functions, site.siteName).some(
        ([name, { uses }]) => uses.integrations.length > 0 && scopeOf(platform, 'functions', name) === undefined,
      ),
      scopes: Object.keys(platform.scopes),
      apiManagement: platform.allocations.addresses[apiManagementSubnetKey(site.siteName)],
      services: [
        ...(hasApiManagement(platform) ? (['api-management'] as const) : []),
        ...(placedOn(platform.documents, site.siteName).length > 0 ? (['documents'] as const) : []),
        ...(flagsOn(platform, site.siteName).length > 0 ? (['flags'] as const) : []),
        ...(aiSearches(placedOn(platform.searches, site.siteName)).length > 0 ? (['search'] as const) : []),
      ],
    });
    const reached = { place, network: this.network, monitoring };
    this.encryption = new Keys(this, 'Keys', {
      ...reached,
      administrators: site.administrators,
      purposes: keyPurposes,
    });
    const stored = { ...reached, encryption: this.encryption };
    this.registry = home === undefined ? this.makeRegistry(stored, props) : this.reachRegistry(reached, home.registry);
    const { account } = new FlowLogs(this, 'FlowLogs', { ...stored, workspace: monitoring.workspace });
    // A key can be used once its use is granted.
    waitFor(account, this.encryption.grants);
    this.monitorScope = new PrivateMonitor(this, 'PrivateMonitor', {
      ...reached,
      members: { workspace: monitoring.workspace.id, insights: monitoring.insights.id },
    });
    const workloads =
      home?.workloads ??
      new Identities(this, 'Identities', {
        place,
        services: azureUsers(platform),
        scopes: Object.keys(platform.scopes),
        keeps: keepingOf(platform) !== undefined,
        ledgers: hasLedgers(platform),
        loads: loadsInCluster(platform),
        flags: hasFlagRollouts(platform),
      });
    // What watches a subscription is there once.
    if (home === undefined) new Audit(this, 'Audit', { place, monitoring, spec: platform.stage.audit, email });
    const vaultId = this.encryption.vault.id;
    const { told } = new VaultExpiry(this, 'VaultExpiry', { place, monitoring, vaultId });
    for (const key of this.encryption.keys) waitFor(key, told);
    this.workloads = workloads;
    this.scopes = this.makeScopes(place, props);
    this.secrets = byName(Object.entries(platform.secrets), 'Secret', (part, name, spec) => {
      const own = this.scopes[scopeOf(platform, 'secrets', name) ?? ''];
      return new ExternalSecret(this, part, { name, spec, vaultId: own?.encryption.vaultId ?? vaultId });
    });
    this.identities = workloads.services;
    this.copierIdentity =
      copies &&
      new OutsideIdentity(this, 'ObjectCopier', {
        place,
        word: copierWord,
        from: 'primary',
        issuer: copies.issuer,
        subject: copies.subject,
      }).identity;
    if (home === undefined) {
      const importer = new ImageImporter(this, 'ImageImporter', { place, platform, registryId: this.registry.id });
      tellIdentities(this, {
        ...workloads.services,
        ...(this.copierIdentity === undefined ? {} : { [copierWord]: this.copierIdentity }),
        ...(workloads.keeper === undefined ? {} : { [keeperWord]: workloads.keeper }),
        ...(workloads.digests === undefined ? {} : { [digestsWord]: workloads.digests }),
        ...(workloads.verification === undefined ? {} : { [verificationWord]: workloads.verification }),
        ...(workloads.loads === undefined ? {} : { [loadsWord]: workloads.loads }),
        ...(workloads.flags === undefined ? {} : { [flagsWord]: workloads.flags }),
        [gatewayWord]: workloads.gateway,
        [importerWord]: importer.identity,
        [migrationWord]: workloads.migration,
        ...scopeMigrations(workloads),
        [observabilityWord]: workloads.observability,
        [scalerWord]: workloads.scaler,
      });
    } else {
      this.joinNetworks(home, props, place);
    }
    tellInsights(this, monitoring.insights.connectionString);
    this.vault = this.encryption.vault;
    this.insightsId = monitoring.insights.id;
  }

  private makeScopes(place: Place, { platform, site }: FoundationStackProps): Readonly<Record<string, Scope>> {
    return byName(
      Object.entries(platform.scopes),
      'Scope',
      (id, name, spec) =>
        new Scope(this, id, {
          place: placeIn(place, name),
          monitoring: this.monitoring,
          name,
          network: this.network,
          site,
          allocations: platform.allocations.addresses,
          callsOut: scopeThirdParties(platform, spec).length > 0,
          administrators: site.administrators,
        }),
    );
  }

  private makeRegistry(stored: Stored, { platform, site }: FoundationStackProps): { readonly id: string } {
    const { registry } = new Registry(this, 'Registry', { ...stored, copies: copiesOf(platform, site) });
    waitFor(registry, this.encryption.grants);
    return registry;
  }

  /** The registry of the other site has a copy of its images here, under the same name. */
  private reachRegistry(reached: Reached, registry: { readonly id: string }): { readonly id: string } {
    privateEndpoint(this, 'Images', { ...reached, name: 'images', targetId: registry.id, service: 'registry' });
    return registry;
  }

  private joinNetworks(home: Foundation, { platform, site }: FoundationStackProps, place: Place): void {
    const named = (where: AzureWhere) => ({
      name: azureName('virtual-network', where),
      resourceGroupName: azureName('resource-group', where, 'foundation'),
      postgresZone: where.site === platform.stageName ? postgresZone : ownPostgresZone(sitePrefix(where)),
    });
    new Peering(this, 'Peering', {
      place,
      networks: [
        { ...named(whereIs(platform, site)), id: this.network.virtualNetworkId, word: site.siteName },
        {
          ...named(whereShared(platform, site)),
          id: home.network.virtualNetworkId,
          word: azureHome(platform, site).siteName,
        },
      ],
    });
  }
}

/** What everything that the network alone reaches is given, and what is encrypted there. */
type Reached = Pick<KeysProps, 'monitoring' | 'network' | 'place'>;
type Stored = Omit<ConstructorParameters<typeof Registry>[2], 'copies'>;

/** From where pods and functions come: a pod leaves the network with the address of its node. */
const databaseCallers: readonly AzureSubnet[] = ['cluster', 'functions'];

/**
 * Tells the program of the cluster how Application Insights is found. Azure calls it sensitive, since elsewhere it is all that
 * anybody needs to write; here it takes no keys, and the ids in it are as open as any.
 */
function tellInsights(stack: TerraformStack, connectionString: string): void {
  new TerraformOutput(stack, 'insights', {
    value: Fn.nonsensitive(connectionString) as string,
    description: 'How Application Insights is found, for the cluster: ids and addresses, and no key that it would take',
    staticId: true,
  });
}

/** Tells the program of the cluster which identity is whose: a workload names one by its client id, a database by its principal id. */
function tellIdentities(stack: TerraformStack, identities: Readonly<Record<string, Identity>>): void {
  new TerraformOutput(stack, 'workload_identities', {
    value: Object.fromEntries(
      Object.entries(identities).map(([name, { clientId, principalId }]) => [
        name,
        { client_id: clientId, principal_id: principalId },
      ]),
    ),
    description:
      'Identities of services, functions, the gateway, the job of migrations, what keeps the right to write, what watches and what counts pods, for the cluster; of what copies objects, for the primary; and of pipelines that have images imported',
    staticId: true,
  });
}
