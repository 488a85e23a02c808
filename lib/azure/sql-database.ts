import { MssqlDatabase } from '@cdktf/provider-azurerm/lib/mssql-database';
import { Construct } from 'constructs';
import { databaseName } from '../platform/names';
import type { SqlServer as Model } from '../platform/nouns/database';
import { raiseAlerts, type AlertTable } from './alert-table';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { raiseHealthAlert } from './health-alert';
import { keep } from './keep';
import type { Place } from './place';
import type { SqlServer } from './sql-server';
import { sqlDatabaseSettings } from './sql-settings';

export interface SqlDatabaseProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly server: SqlServer;
  /** Name of the part. */
  readonly name: string;
  readonly spec: Model;
}

const runbook = 'azure-sql';

/** When somebody is called for a database of Azure SQL. */
export const sqlAlerts = (name: string): AlertTable => ({
  CpuHigh: {
    metricName: 'cpu_percent',
    aggregation: 'Average',
    threshold: 90,
    windowMinutes: 30,
    severity: 2,
    description: `Database ${name} is busier than 90% for half an hour.`,
    runbook,
  },
  StorageHigh: {
    metricName: 'storage_percent',
    aggregation: 'Maximum',
    threshold: 85,
    windowMinutes: 15,
    description: `Database ${name} has filled 85% of its disk, which does not grow by itself.`,
    runbook,
  },
  WorkersHigh: {
    metricName: 'workers_percent',
    aggregation: 'Maximum',
    threshold: 80,
    windowMinutes: 15,
    severity: 2,
    description: `Database ${name} has 80% of the requests under way that it takes.`,
    runbook,
  },
  ConnectionsFailed: {
    metricName: 'connection_failed',
    aggregation: 'Total',
    threshold: 10,
    windowMinutes: 15,
    description: `Database ${name} fails connections by its own fault.`,
    runbook,
  },
});

/** A database of Azure SQL. */
export class SqlDatabase extends Construct {
  public readonly database: MssqlDatabase;

  public constructor(scope: Construct, id: string, props: SqlDatabaseProps) {
    super(scope, id);
    const { monitoring, name, place, server, spec } = props;
    this.database = new MssqlDatabase(this, 'Database', {
      ...sqlDatabaseSettings(name, spec, place),
      serverId: server.server.id,
      name: databaseName(name),
      transparentDataEncryptionEnabled: true,
      tags: { ...place.tags, 'data-class': spec.dataClass },
    });
    keep(this.database);
    const watched = { place, monitoring, targetId: this.database.id };
    sendDiagnostics(this, { id: this.database.id, monitoring, metrics: false });
    raiseAlerts(
      this,
      { ...watched, name: `sql-${name}`, metricNamespace: 'Microsoft.Sql/servers/databases' },
      sqlAlerts(name),
    );
    raiseHealthAlert(this, 'Unhealthy', {
      ...watched,
      name: `sql-${name}-unhealthy`,
      description: `Azure finds database ${name} unavailable or degraded.`,
      runbook,
    });
  }
}
