import { Fn, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { Audit } from '../../lib/azure/audit';
import type { Monitoring } from '../../lib/azure/diagnostics';
import type { Encryption } from '../../lib/azure/encryption';
import { FlowLogs } from '../../lib/azure/flow-logs';
import { Identities } from '../../lib/azure/identity';
import { byName } from '../../lib/platform/by-name';
import { ImageImporter } from '../../lib/azure/image-importer';
import { Keys } from '../../lib/azure/keys';
import { Network } from '../../lib/azure/network';
import { Observability } from '../../lib/azure/observability';
import { OutsideIdentity } from '../../lib/azure/outside-identity';
import { PrivateMonitor, type MonitorScope } from '../../lib/azure/private-monitor';
import type { PrivateNetwork } from '../../lib/azure/private-network';
import { Registry } from '../../lib/azure/registry';
import type { Identity } from '../../lib/azure/role';
import { ExternalSecret } from '../../lib/azure/secret';
import { waitFor } from '../../lib/azure/wait-for';
import { keepingOf } from '../../lib/platform/keeping';
import { linkNetwork } from '../../lib/platform/link-network';
import {
  copierWord,
  gatewayWord,
  importerWord,
  keeperWord,
  migrationWord,
  observabilityWord,
  scalerWord,
} from '../../lib/platform/names';
import { objectCopies } from '../../lib/platform/object-copies';
import { aiSearches } from '../../lib/platform/nouns/storage';
import { placedOn, sitesOf, usersOn } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

/** What the other stacks know of the foundation. */
export interface Foundation {
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Lets what is made elsewhere into the network's way to Azure Monitor. */
  readonly monitorScope: MonitorScope;
  /** Identities of the services and functions on this site, by name. */
  readonly identities: Readonly<Record<string, Identity>>;
  /** Identity of the gateway. */
  readonly gatewayIdentity: Identity;
  /** Identity of the job that brings databases up to date. */
  readonly migrationIdentity: Identity;
  /** Identity of what keeps the right to write, where something does. */
  readonly keeperIdentity: Identity | undefined;
  /** Identity of what watches the cluster. */
  readonly observabilityIdentity: Identity;
  /** Identity of what counts pods by queues. */
  readonly scalerIdentity: Identity;
  /** Identity of what copies objects from the primary, where objects are copied. */
  readonly copierIdentity: Identity | undefined;
  readonly registry: { readonly id: string };
  readonly vault: { readonly id: string };
  /** Secrets whose values come from outside, by name. */
  readonly secrets: Readonly<Record<string, ExternalSecret>>;
  /** Id of the workspace-based Application Insights resource. */
  readonly insightsId: string;
}

/** What everything else on the site stands on: network, keys, logs, identities, images, and what watches all of it. */
export class FoundationStack extends TerraformStack implements Foundation {
  public readonly network: Network;
  public readonly encryption: Keys;
  public readonly monitoring: Observability;
  public readonly monitorScope: PrivateMonitor;
  public readonly identities: Readonly<Record<string, Identity>>;
  public readonly gatewayIdentity: Identity;
  public readonly migrationIdentity: Identity;
  public readonly keeperIdentity: Identity | undefined;
  public readonly observabilityIdentity: Identity;
  public readonly scalerIdentity: Identity;
  public readonly copierIdentity: Identity | undefined;
  public readonly registry: { readonly id: string };
  public readonly vault: { readonly id: string };
  public readonly secrets: Readonly<Record<string, ExternalSecret>>;
  public readonly insightsId: string;

  public constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id);
    const { platform, site } = props;
    const { email, warnings } = platform.stage.alarms;
    const place = preparePlatformStack(this, 'foundation', props);
    const copies = objectCopies(platform);
    this.monitoring = new Observability(this, 'Observability', { place, email, warningsEmail: warnings?.email });
    const { monitoring } = this;
    this.network = new Network(this, 'Network', {
      place,
      monitoring,
      site,
      allocations: platform.allocations.addresses,
      otherSites: sitesOf(platform)
        .filter(({ siteName }) => siteName !== site.siteName)
        .map(({ network }) => network.cidr),
      objectCopiers: copies === undefined ? [] : linkNetwork(platform).aws.objectCopiers,
      functionsCallOut: placedOn(platform.functions, site.siteName).some(
        ([, { uses }]) => uses.integrations.length > 0,
      ),
      services: [
        ...(placedOn(platform.documents, site.siteName).length > 0 ? (['documents'] as const) : []),
        ...(aiSearches(placedOn(platform.searches, site.siteName)).length > 0 ? (['search'] as const) : []),
      ],
    });
    const reached = { place, network: this.network, monitoring };
    this.encryption = new Keys(this, 'Keys', { ...reached, administrators: site.administrators });
    const stored = { ...reached, encryption: this.encryption };
    const { registry } = new Registry(this, 'Registry', { ...stored, copies: site.copies });
    const { account } = new FlowLogs(this, 'FlowLogs', { ...stored, workspace: monitoring.workspace });
    // A key can be used once its use is granted.
    for (const encrypted of [registry, account]) waitFor(encrypted, this.encryption.grants);
    this.monitorScope = new PrivateMonitor(this, 'PrivateMonitor', {
      ...reached,
      members: { workspace: monitoring.workspace.id, insights: monitoring.insights.id },
    });
    const identities = new Identities(this, 'Identities', {
      place,
      services: Object.keys(usersOn(platform, site.siteName)),
      keeps: keepingOf(platform) !== undefined,
    });
    new Audit(this, 'Audit', { place, monitoring, spec: platform.stage.audit, email });
    const vaultId = this.encryption.vault.id;
    this.secrets = byName(
      Object.entries(platform.secrets),
      'Secret',
      (part, name, spec) => new ExternalSecret(this, part, { name, spec, vaultId }),
    );
    this.identities = identities.services;
    this.gatewayIdentity = identities.gateway;
    this.migrationIdentity = identities.migration;
    this.keeperIdentity = identities.keeper;
    this.observabilityIdentity = identities.observability;
    this.scalerIdentity = identities.scaler;
    this.copierIdentity =
      copies &&
      new OutsideIdentity(this, 'ObjectCopier', {
        place,
        word: copierWord,
        from: 'primary',
        issuer: copies.issuer,
        subject: copies.subject,
      }).identity;
    const importer = new ImageImporter(this, 'ImageImporter', { place, platform, registryId: registry.id });
    tellIdentities(this, {
      ...identities.services,
      ...(this.copierIdentity === undefined ? {} : { [copierWord]: this.copierIdentity }),
      ...(this.keeperIdentity === undefined ? {} : { [keeperWord]: this.keeperIdentity }),
      [gatewayWord]: identities.gateway,
      [importerWord]: importer.identity,
      [migrationWord]: identities.migration,
      [observabilityWord]: identities.observability,
      [scalerWord]: identities.scaler,
    });
    tellInsights(this, monitoring.insights.connectionString);
    this.registry = registry;
    this.vault = this.encryption.vault;
    this.insightsId = monitoring.insights.id;
  }
}

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
