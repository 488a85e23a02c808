import allocations from '../../allocations/retailflow.json';
import { resolve } from '../../lib/platform/resolve';
import { databaseSql } from '../../lib/platform/sql/database';
import { migrationScript } from '../../lib/platform/sql/runner';
import { serviceSql } from '../../lib/platform/sql/service';
import type { SqlStep } from '../../lib/platform/sql/step';
import retailflow from '../../platforms/retailflow';
import { findPrograms, psqlProgram } from '../../drill/programs';
import { TestServer, type Answer } from './postgres';

export const platform = resolve(retailflow, { stage: 'production', allocations });

/** What a migration of the service applies. */
export const stepsOf = (service: string): readonly SqlStep[] => [
  ...databaseSql(platform, 'store'),
  ...serviceSql(platform, 'store', service, 'aws'),
];

/** The administrator of a managed server is no superuser; the provider lets it do these as if it were one. */
const isProviders = ({ part, sql }: SqlStep): boolean =>
  ['extension pgaudit', 'extension pg_stat_statements'].includes(part) || sql.startsWith('CREATE PUBLICATION');

const programs = findPrograms();
const psql = psqlProgram();
const { skip } = describe;

/** Describes what needs a PostgreSQL server; without one it is reported as skipped, with the reason. */
export function describeLive(title: string, tests: () => void): void {
  if (programs === undefined || psql === undefined)
    skip(`${title} (skipped: no PostgreSQL server, or no psql; set PG_BIN to the folder of both)`, tests);
  else describe(title, tests);
}

/** A server as a cloud gives it: an administrator `mainstay` who is no superuser, and a database `store`. */
export class LiveDatabase {
  public readonly server: TestServer;

  public constructor() {
    if (programs === undefined || psql === undefined) throw new Error('there is no PostgreSQL server, or no psql');
    this.server = new TestServer(programs, psql);
    this.root('CREATE ROLE rds_iam NOLOGIN; CREATE ROLE mainstay LOGIN CREATEROLE CREATEDB;', 'postgres');
    this.root('GRANT rds_iam TO mainstay WITH ADMIN OPTION', 'postgres');
    this.create('store');
  }

  /** Makes a database of the administrator's. */
  public create(database: string): void {
    this.root(`CREATE DATABASE ${database} OWNER mainstay`, 'postgres');
  }

  /** Applies steps as the administrator. */
  public apply(steps: readonly SqlStep[], database = 'store'): Answer {
    return this.server.psql('mainstay', this.script(steps), database);
  }

  /** What the administrator can apply without the provider's help. */
  public script(steps: readonly SqlStep[]): string {
    return migrationScript(this.installable(steps).filter((step) => !isProviders(step)));
  }

  /** Applies the steps that the provider allows its administrator, as a superuser. */
  public applyProviders(steps: readonly SqlStep[], database = 'store'): Answer {
    return this.root(migrationScript(this.installable(steps)), database);
  }

  /** Leaves out extensions that this server does not carry. */
  public installable(steps: readonly SqlStep[]): readonly SqlStep[] {
    const extension = ({ part }: SqlStep) => /^extension (.+)$/.exec(part)?.[1];
    return steps.filter((step) => this.server.extensions.has(extension(step) ?? 'plpgsql'));
  }

  public root(sql: string, database = 'store'): Answer {
    return this.server.psql('postgres', sql, database);
  }

  public order(sql: string, database = 'store'): Answer {
    return this.server.psql('svc_order', sql, database);
  }
}
