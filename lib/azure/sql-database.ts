import { MssqlDatabase } from '@cdktf/provider-azurerm/lib/mssql-database';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { databaseName, namedReplicaName } from '../platform/names';
import type { SqlServer as Model } from '../platform/nouns/database';
import { raiseAlerts } from './alert-table';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { raiseHealthAlert } from './health-alert';
import { keep } from './keep';
import type { Place } from './place';
import type { SqlServer } from './sql-server';
import { sqlAlerts, sqlRunbook } from './sql-alerts';
import { namedReplicaSettings, sqlDatabaseSettings } from './sql-settings';

export interface SqlDatabaseProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly server: SqlServer;
  /** Name of the part. */
  readonly name: string;
  readonly spec: Model;
}

/** A database of Azure SQL, and its replicas that have names of their own. */
export class SqlDatabase extends Construct {
  public readonly database: MssqlDatabase;
  /** By name. */
  public readonly namedReplicas: Readonly<Record<string, MssqlDatabase>>;

  public constructor(scope: Construct, id: string, props: SqlDatabaseProps) {
    super(scope, id);
    const { name, place, server, spec } = props;
    const shared = {
      serverId: server.server.id,
      transparentDataEncryptionEnabled: true,
      tags: { ...place.tags, 'data-class': spec.dataClass },
    };
    this.database = new MssqlDatabase(this, 'Database', {
      ...sqlDatabaseSettings(name, spec, place),
      ...shared,
      name: databaseName(name),
    });
    keep(this.database);
    this.watch(this, name, this.database, props);
    this.namedReplicas = Object.fromEntries(
      Object.entries(spec.namedReplicas).map(([replica, size]) => {
        const at = new Construct(this, `${pascalCase(replica)}Replica`);
        const database = new MssqlDatabase(at, 'Replica', {
          ...namedReplicaSettings(name, replica, size, place),
          ...shared,
          name: namedReplicaName(name, replica),
          creationSourceDatabaseId: this.database.id,
        });
        this.watch(at, `${name}-${replica}`, database, props);
        return [replica, database];
      }),
    );
  }

  private watch(
    at: Construct,
    name: string,
    database: MssqlDatabase,
    { monitoring, place, spec }: SqlDatabaseProps,
  ): void {
    const watched = { place, monitoring, targetId: database.id };
    sendDiagnostics(at, { id: database.id, monitoring, metrics: false });
    raiseAlerts(
      at,
      { ...watched, name: `sql-${name}`, metricNamespace: 'Microsoft.Sql/servers/databases' },
      sqlAlerts(name, spec.tier),
    );
    raiseHealthAlert(at, 'Unhealthy', {
      ...watched,
      name: `sql-${name}-unhealthy`,
      description: `Azure finds database ${name} unavailable or degraded.`,
      runbook: sqlRunbook,
    });
  }
}
