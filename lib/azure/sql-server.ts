import { MssqlServer } from '@cdktf/provider-azurerm/lib/mssql-server';
import { MssqlServerExtendedAuditingPolicy } from '@cdktf/provider-azurerm/lib/mssql-server-extended-auditing-policy';
import { MssqlServerMicrosoftSupportAuditingPolicy } from '@cdktf/provider-azurerm/lib/mssql-server-microsoft-support-auditing-policy';
import { MssqlServerSecurityAlertPolicy } from '@cdktf/provider-azurerm/lib/mssql-server-security-alert-policy';
import { MssqlServerTransparentDataEncryption } from '@cdktf/provider-azurerm/lib/mssql-server-transparent-data-encryption';
import { Construct } from 'constructs';
import { azureIdentity } from '../platform/azure-names';
import type { DataClass } from '../platform/nouns/scalars';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import type { Identity } from './role';

export interface SqlServerProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption<'database'>;
  readonly monitoring: Monitoring;
  /** Who administers the server: the identity of the job that lays the contents of its databases, and its word. People are users in them. */
  readonly migration: Pick<Identity, 'principalId'> & { readonly word: string };
  /** The most sensitive data that any of its databases holds. */
  readonly dataClass: DataClass;
}

/** The only version of a server that Azure SQL has. */
const version = '12.0';

/**
 * The server of all Azure SQL databases of a site, or of a scope: in the network, for identities of Entra ID alone, with no way out, its
 * databases encrypted with our key. What is done in it is written down, by the people of Azure too.
 */
export class SqlServer extends Construct {
  public readonly server: MssqlServer;

  public constructor(scope: Construct, id: string, props: SqlServerProps) {
    super(scope, id);
    const { dataClass, encryption, migration, network, place } = props;
    const { tags, ...where } = placed(place);
    this.server = new MssqlServer(this, 'Server', {
      ...where,
      tags: { ...tags, 'data-class': dataClass },
      name: nameIn(place, 'sql-server'),
      version,
      minimumTlsVersion: '1.2',
      publicNetworkAccessEnabled: false,
      outboundNetworkRestrictionEnabled: true,
      // Whoever were redirected at a private endpoint would need every port of it above 1433.
      connectionPolicy: 'Proxy',
      expressVulnerabilityAssessmentEnabled: true,
      azureadAdministrator: {
        azureadAuthenticationOnly: true,
        loginUsername: azureIdentity(place.naming, migration.word),
        objectId: migration.principalId,
        tenantId: place.tenantId,
      },
      identity: { type: 'UserAssigned', identityIds: [encryption.identity.id] },
      primaryUserAssignedIdentityId: encryption.identity.id,
    });
    keep(this.server);
    new MssqlServerTransparentDataEncryption(this, 'Encryption', {
      serverId: this.server.id,
      keyVaultKeyId: encryption.keyVersionIds.database,
      autoRotationEnabled: true,
      // A rotation changes the version, and the server follows by itself.
      lifecycle: { ignoreChanges: ['key_vault_key_id'] },
    });
    privateEndpoint(this, 'Endpoint', { place, network, name: 'sql', targetId: this.server.id, service: 'sql' });
    this.audit(props);
  }

  /** Azure sends the audit of a server as the log of its database `master`. */
  private audit({ monitoring, place }: SqlServerProps): void {
    new MssqlServerExtendedAuditingPolicy(this, 'Audit', {
      serverId: this.server.id,
      enabled: true,
      logMonitoringEnabled: true,
    });
    new MssqlServerMicrosoftSupportAuditingPolicy(this, 'SupportAudit', {
      serverId: this.server.id,
      enabled: true,
      logMonitoringEnabled: true,
    });
    new MssqlServerSecurityAlertPolicy(this, 'SecurityAlerts', {
      resourceGroupName: place.resourceGroupName,
      serverName: this.server.name,
      state: 'Enabled',
    });
    sendDiagnostics(this, {
      id: `${this.server.id}/databases/master`,
      monitoring,
      logs: ['DevOpsOperationsAudit', 'SQLSecurityAuditEvents'],
      metrics: false,
    });
  }
}
