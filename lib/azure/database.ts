import { PostgresqlFlexibleServerActiveDirectoryAdministrator } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-active-directory-administrator';
import { PostgresqlFlexibleServerDatabase } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-database';
import { PostgresqlFlexibleServerVirtualEndpoint } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-virtual-endpoint';
import { Construct } from 'constructs';
import { databaseEndpoint } from '../platform/azure-hosts';
import { azureIdentity } from '../platform/azure-names';
import { databaseName, migrationWord } from '../platform/names';
import type { AzureSite } from '../platform/nouns/site';
import { replicaAlerts, writerAlerts } from './database-alerts';
import { passwordLogin, type PasswordLogin } from './database-login';
import { databaseMember, type DatabaseMemberParts, type DatabaseMemberProps } from './database-member';
import type { DatabaseServer } from './database-server';
import { databaseSettings, type DatabaseSettings } from './database-settings';
import type { Encryption } from './encryption';
import { inTurn } from './in-turn';
import { keep } from './keep';
import type { Identity } from './role';

export interface DatabaseProps extends DatabaseMemberProps {
  /** Who administers the server: a group of Entra ID. */
  readonly administrators: AzureSite['administrators'];
  /** Who makes users and schemas in it: the identity of the job of migrations. */
  readonly migration: Pick<Identity, 'principalId'>;
  /** Encrypts the copies of backups in the paired region. Needed where `databaseSettings` names such a region. */
  readonly geoKey?: Pick<Encryption, 'identity'> & { readonly keyId: string };
  /** One administrator who logs in with a password, for a follower that knows no Entra ID. @default - nobody does */
  readonly passwordLogin?: PasswordLogin;
  /**
   * Whether a replica in another region takes over for it. The pair of names then stands with that one, since a server can
   * be made the writer only while the pair leads to it. @default false
   */
  readonly followed?: boolean;
}

/**
 * A PostgreSQL database: a server with a standby in another zone, its read replicas, and a pair of names that follow the
 * writer and the first replica through a promotion. Services log in by users that SQL ties to their identities.
 */
export class Database extends Construct {
  public readonly settings: DatabaseSettings;
  public readonly writer: DatabaseServer;
  public readonly replicas: readonly DatabaseServer[];
  public readonly database: PostgresqlFlexibleServerDatabase;
  /** A group of people, and the job of migrations. */
  public readonly administrators: readonly PostgresqlFlexibleServerActiveDirectoryAdministrator[];
  /** Nothing where the pair of names stands with a replica in another region. */
  public readonly endpoint: PostgresqlFlexibleServerVirtualEndpoint | undefined;

  public constructor(scope: Construct, id: string, props: DatabaseProps) {
    super(scope, id);
    this.settings = databaseSettings(props.name, props.spec, props.place);
    this.writer = databaseMember(this, 'Writer', props, this.settings, this.writerParts(props));
    this.database = this.makeDatabase(props);
    this.administrators = this.administer(props);
    this.replicas = this.settings.zones.replicas.map((zone, index) => this.replica(zone, index + 1, props));
    this.endpoint = props.followed === true ? undefined : this.makeEndpoint(props);
    // Each of them changes the server, which refuses a second change meanwhile.
    inTurn([
      this.writer.server,
      ...this.writer.configurations,
      ...this.administrators,
      this.database,
      ...this.replicas.flatMap(({ configurations, server }) => [server, ...configurations]),
      ...(this.endpoint === undefined ? [] : [this.endpoint]),
    ]);
  }

  private writerParts({
    encryption,
    followed = false,
    geoKey,
    name,
    passwordLogin: login,
    place,
    spec,
  }: DatabaseProps): DatabaseMemberParts {
    const { backupRegion, backupRetentionDays, zones } = this.settings;
    if (backupRegion !== undefined && geoKey === undefined) {
      throw new Error(`${this.node.path} copies its backups to ${backupRegion} and needs a key there`);
    }
    const { standby, writer } = zones;
    return {
      words: [],
      zone: writer,
      alerts: writerAlerts({ name, settings: this.settings, followers: spec.readReplicas + (followed ? 1 : 0) }),
      particular: {
        createMode: 'Default',
        backupRetentionDays,
        geoRedundantBackupEnabled: backupRegion !== undefined,
        ...(standby === undefined
          ? {}
          : {
              highAvailability: {
                mode: standby === writer ? 'SameZone' : 'ZoneRedundant',
                standbyAvailabilityZone: standby,
              },
            }),
        ...(backupRegion === undefined || geoKey === undefined
          ? {}
          : {
              identity: { type: 'UserAssigned', identityIds: [encryption.identity.id, geoKey.identity.id] },
              customerManagedKey: {
                keyVaultKeyId: encryption.keyIds.database,
                primaryUserAssignedIdentityId: encryption.identity.id,
                geoBackupKeyVaultKeyId: geoKey.keyId,
                geoBackupUserAssignedIdentityId: geoKey.identity.id,
              },
            }),
        ...(login === undefined ? {} : passwordLogin(place.tenantId, login)),
      },
    };
  }

  private replica(zone: string, number: number, props: DatabaseProps): DatabaseServer {
    return databaseMember(this, `Replica${number}`, props, this.settings, {
      words: [String(number)],
      zone,
      alerts: replicaAlerts(props),
      particular: { createMode: 'Replica', sourceServerId: this.writer.server.id },
    });
  }

  private makeDatabase({ name }: DatabaseProps): PostgresqlFlexibleServerDatabase {
    const database = new PostgresqlFlexibleServerDatabase(this, 'Database', {
      serverId: this.writer.server.id,
      name: databaseName(name),
      charset: 'UTF8',
      collation: 'en_US.utf8',
    });
    keep(database);
    return database;
  }

  private administer({
    administrators,
    migration,
    place,
  }: DatabaseProps): readonly PostgresqlFlexibleServerActiveDirectoryAdministrator[] {
    const given = {
      resourceGroupName: place.resourceGroupName,
      serverName: this.writer.server.name,
      tenantId: place.tenantId,
    };
    return [
      new PostgresqlFlexibleServerActiveDirectoryAdministrator(this, 'Administrators', {
        ...given,
        objectId: administrators.objectId,
        principalName: administrators.name,
        principalType: 'Group',
      }),
      new PostgresqlFlexibleServerActiveDirectoryAdministrator(this, 'Migration', {
        ...given,
        objectId: migration.principalId,
        // The user's name in the database.
        principalName: azureIdentity(place.naming, migrationWord),
        principalType: 'ServicePrincipal',
      }),
    ];
  }

  /** Azure takes the writer for a reader where there is no replica. A promotion swaps both, which is left alone. */
  private makeEndpoint({ name, place }: DatabaseProps): PostgresqlFlexibleServerVirtualEndpoint {
    const [first = this.writer] = this.replicas;
    return new PostgresqlFlexibleServerVirtualEndpoint(this, 'Endpoint', {
      name: databaseEndpoint({ ...place.naming, subscription: place.subscriptionId }, name),
      sourceServerId: this.writer.server.id,
      replicaServerId: first.server.id,
      type: 'ReadWrite',
      lifecycle: { ignoreChanges: ['source_server_id', 'replica_server_id'] },
    });
  }
}
