import {
  PostgresqlFlexibleServer,
  type PostgresqlFlexibleServerConfig,
} from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { PostgresqlFlexibleServerConfiguration } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-configuration';
import { Construct } from 'constructs';
import type { Postgres } from '../platform/nouns/database';
import { raiseAlerts, type AlertTable } from './alert-table';
import type { Parameters } from './database-parameters';
import { maintenanceWindow, type DatabaseSettings } from './database-settings';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { raiseHealthAlert } from './health-alert';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import { placed, type Place } from './place';
import type { PrivateNetwork } from './private-network';

export interface DatabaseServerProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** What the server is called among those of the platform, for alerts: `store`, `store-1`. */
  readonly name: string;
  /** What Azure calls it. */
  readonly serverName: string;
  readonly spec: Pick<Postgres, 'dataClass' | 'version'>;
  readonly settings: Pick<DatabaseSettings, 'skuName' | 'storageMb'>;
  readonly zone: string;
  readonly parameters: Parameters;
  readonly alerts: AlertTable;
  /** What a writer has that a replica has not, or the other way round. */
  readonly particular: Partial<PostgresqlFlexibleServerConfig>;
}

/**
 * What Azure changes by itself: the zones when a standby takes over, the disk when it grows, and who follows whom when a
 * replica is promoted.
 */
const changedByAzure = [
  'zone',
  'high_availability[0].standby_availability_zone',
  'storage_mb',
  'create_mode',
  'source_server_id',
] as const;

/** `pgaudit.log_catalog` becomes `PgauditLogCatalog`. */
const parameterId = (name: string): string => pascalCase(name.replaceAll(/[._]/g, '-'));

/** A PostgreSQL Flexible Server in the network, with its parameters: people and services log in by Entra ID alone. */
export class DatabaseServer extends Construct {
  public readonly server: PostgresqlFlexibleServer;
  /** Its parameters, in the order in which they are set. */
  public readonly configurations: readonly PostgresqlFlexibleServerConfiguration[];

  public constructor(scope: Construct, id: string, props: DatabaseServerProps) {
    super(scope, id);
    const { alerts, monitoring, name, parameters, place } = props;
    this.server = new PostgresqlFlexibleServer(this, 'Server', serverConfig(props));
    keep(this.server, { ignoreChanges: changedByAzure });
    this.configurations = Object.entries(parameters).map(
      ([parameter, value]) =>
        new PostgresqlFlexibleServerConfiguration(this, parameterId(parameter), {
          serverId: this.server.id,
          name: parameter,
          value,
        }),
    );
    const watched = { place, monitoring, targetId: this.server.id };
    sendDiagnostics(this, { id: this.server.id, monitoring });
    raiseAlerts(
      this,
      { ...watched, name: `database-${name}`, metricNamespace: 'Microsoft.DBforPostgreSQL/flexibleServers' },
      alerts,
    );
    raiseHealthAlert(this, 'Unhealthy', {
      ...watched,
      name: `database-${name}-unhealthy`,
      description: `Azure finds a server of database ${name}, or its standby, unavailable or degraded.`,
      runbook: 'azure-database',
    });
  }
}

const serverConfig = ({
  encryption,
  network,
  particular,
  place,
  serverName,
  settings,
  spec,
  zone,
}: DatabaseServerProps): PostgresqlFlexibleServerConfig => {
  const { tags, ...where } = placed(place);
  return {
    ...where,
    tags: { ...tags, 'data-class': spec.dataClass },
    name: serverName,
    version: spec.version,
    skuName: settings.skuName,
    storageMb: settings.storageMb,
    autoGrowEnabled: true,
    zone,
    delegatedSubnetId: network.subnetIds.postgres,
    privateDnsZoneId: network.zoneIds.postgres,
    publicNetworkAccessEnabled: false,
    authentication: { activeDirectoryAuthEnabled: true, passwordAuthEnabled: false, tenantId: place.tenantId },
    identity: { type: 'UserAssigned', identityIds: [encryption.identity.id] },
    customerManagedKey: {
      keyVaultKeyId: encryption.keyIds.database,
      primaryUserAssignedIdentityId: encryption.identity.id,
    },
    maintenanceWindow,
    ...particular,
  };
};
