import { CosmosdbAccount } from '@cdktf/provider-azurerm/lib/cosmosdb-account';
import { CosmosdbSqlContainer } from '@cdktf/provider-azurerm/lib/cosmosdb-sql-container';
import { CosmosdbSqlDatabase } from '@cdktf/provider-azurerm/lib/cosmosdb-sql-database';
import { CosmosdbSqlRoleAssignment } from '@cdktf/provider-azurerm/lib/cosmosdb-sql-role-assignment';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { databaseName } from '../platform/names';
import type { Documents as Model } from '../platform/nouns/documents';
import { raiseAlerts } from './alert-table';
import type { Capability, Use } from './capability';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { documentsAlerts } from './documents-alerts';
import { accountSettings, containerSettings } from './documents-settings';
import type { Encryption } from './encryption';
import { raiseHealthAlert } from './health-alert';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import type { Identity } from './role';

export interface DocumentsProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Name of the part. */
  readonly name: string;
  readonly spec: Model;
}

/** Roles that every account has, by use: they let somebody at data, which those of Azure's Resource Manager do not. */
const roles = {
  readsDocuments: { does: 'Reads', id: '00000000-0000-0000-0000-000000000001' },
  documents: { does: 'Writes', id: '00000000-0000-0000-0000-000000000002' },
} as const;

const isKind = (kind: string): kind is keyof typeof roles => kind in roles;

/**
 * Documents in Cosmos DB: in the network, for identities of Entra ID alone, encrypted with our key in every region that has a
 * copy. Nobody gets in by a key, not to change what it is made of either.
 */
export class Documents extends Construct implements Capability {
  public readonly account: CosmosdbAccount;
  public readonly database: CosmosdbSqlDatabase;
  /** By name of the collection. */
  public readonly containers: Readonly<Record<string, CosmosdbSqlContainer>>;
  private readonly resourceGroupName: string;

  public constructor(scope: Construct, id: string, props: DocumentsProps) {
    super(scope, id);
    const { name, network, place, spec } = props;
    this.resourceGroupName = place.resourceGroupName;
    this.account = this.makeAccount(props);
    keep(this.account);
    const inside = { accountName: this.account.name, resourceGroupName: place.resourceGroupName };
    this.database = new CosmosdbSqlDatabase(this, 'Database', { ...inside, name: databaseName(name) });
    keep(this.database);
    this.containers = Object.fromEntries(
      Object.entries(spec.collections).map(([collection, settings]) => {
        const container = new CosmosdbSqlContainer(this, `${pascalCase(collection)}Collection`, {
          ...containerSettings(settings),
          ...inside,
          databaseName: this.database.name,
          name: collection,
        });
        keep(container);
        return [collection, container];
      }),
    );
    privateEndpoint(this, 'Endpoint', { place, network, name, targetId: this.account.id, service: 'documents' });
    this.watch(props);
  }

  /** Lets somebody read, or write too, in this database alone. */
  public grant(scope: Construct, identity: Identity, { kind, service }: Use): void {
    if (!isKind(kind)) throw new Error(`${this.node.path} answers to documents and readsDocuments, got ${kind}`);
    const { does, id } = roles[kind];
    new CosmosdbSqlRoleAssignment(scope, `${pascalCase(service)}${does}`, {
      accountName: this.account.name,
      resourceGroupName: this.resourceGroupName,
      principalId: identity.principalId,
      roleDefinitionId: `${this.account.id}/sqlRoleDefinitions/${id}`,
      scope: `${this.account.id}/dbs/${this.database.name}`,
    });
  }

  private makeAccount({ encryption, name, place, spec }: DocumentsProps): CosmosdbAccount {
    const { tags, ...where } = placed(place);
    return new CosmosdbAccount(this, 'Account', {
      ...where,
      ...accountSettings(spec, place),
      tags: { ...tags, 'data-class': spec.dataClass },
      name: nameIn(place, 'cosmos-account', name),
      offerType: 'Standard',
      kind: 'GlobalDocumentDB',
      localAuthenticationDisabled: true,
      accessKeyMetadataWritesEnabled: false,
      publicNetworkAccessEnabled: false,
      networkAclBypassForAzureServices: false,
      minimalTlsVersion: 'Tls12',
      partitionMergeEnabled: true,
      identity: { type: 'UserAssigned', identityIds: [encryption.identity.id] },
      defaultIdentityType: `UserAssignedIdentity=${encryption.identity.id}`,
      keyVaultKeyId: encryption.keyIds.database,
    });
  }

  private watch({ monitoring, name, place }: DocumentsProps): void {
    const watched = { place, monitoring, targetId: this.account.id };
    sendDiagnostics(this, {
      id: this.account.id,
      monitoring,
      logs: ['ControlPlaneRequests', 'DataPlaneRequests', 'PartitionKeyRUConsumption'],
      metrics: false,
    });
    raiseAlerts(
      this,
      { ...watched, name: `documents-${name}`, metricNamespace: 'Microsoft.DocumentDB/databaseAccounts' },
      documentsAlerts(name),
    );
    raiseHealthAlert(this, 'Unhealthy', {
      ...watched,
      name: `documents-${name}-unhealthy`,
      description: `Azure finds documents ${name} unavailable or degraded.`,
      runbook: 'azure-documents',
    });
  }
}
