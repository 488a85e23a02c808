import type { PostgresqlFlexibleServerConfig } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import type { Construct } from 'constructs';
import type { Postgres } from '../platform/nouns/database';
import type { AlertTable } from './alert-table';
import { serverAlerts } from './database-alerts';
import { serverParameters } from './database-parameters';
import { DatabaseServer } from './database-server';
import type { DatabaseSettings } from './database-settings';
import type { Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { nameIn, type Place } from './place';
import type { PrivateNetwork } from './private-network';

/** What every server of a database is given, wherever it stands. */
export interface DatabaseMemberProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Name of the part. */
  readonly name: string;
  readonly spec: Postgres;
  /** Services that log in. */
  readonly users: readonly string[];
}

/** In what the servers of a database differ. */
export interface DatabaseMemberParts {
  /** What its name ends with. */
  readonly words: readonly string[];
  readonly zone: string;
  /** When somebody is called for it, besides what is asked of any. */
  readonly alerts: AlertTable;
  readonly particular: Partial<PostgresqlFlexibleServerConfig>;
}

/**
 * Makes a server of a database. All of them are told the same, have one size and one disk, since any may have to take writes:
 * https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-promote
 */
export function databaseMember(
  scope: Construct,
  id: string,
  { name, spec, users, ...shared }: DatabaseMemberProps,
  settings: DatabaseSettings,
  { alerts, particular, words, zone }: DatabaseMemberParts,
): DatabaseServer {
  return new DatabaseServer(scope, id, {
    ...shared,
    name: [name, ...words].join('-'),
    serverName: nameIn(shared.place, 'postgres-server', name, ...words),
    spec,
    settings,
    zone,
    parameters: serverParameters({ spec, connections: settings.connections, users: users.length }),
    alerts: { ...serverAlerts({ name, spec, settings }), ...alerts },
    particular,
  });
}
