import allocations from '../allocations/retailflow.json';
import type { Platform, SiteName } from '../lib/platform/platform';
import { resolve } from '../lib/platform/resolve';
import { databaseSql } from '../lib/platform/sql/database';
import { replicationSql } from '../lib/platform/sql/replication';
import { serviceSql, type Dialect } from '../lib/platform/sql/service';
import type { SqlStep } from '../lib/platform/sql/step';
import retailflow from '../platforms/retailflow';

/** The database that the drill moves. */
export const database = 'store';

/** Services whose users the drill makes: two that send messages, and one that sends none. */
export const services = ['catalog', 'order', 'user'] as const;

/** Administrator of the servers; no superuser, as on a cloud. */
export const administrator = 'mainstay';

/** What differs from the real platform, so that a drill takes minutes. Waits grow with these in proportion. */
export const drillTimes = {
  leaseSeconds: 4,
  statementTimeoutSeconds: 1,
  skewSeconds: 1,
  beatMilliseconds: 400,
} as const;

/** RetailFlow's production as it is. */
export const production = (): Platform => resolve(retailflow, { stage: 'production', allocations });

/** {@link production} with the drill's times. */
export function drillPlatform(): Platform {
  const platform = production();
  const store = platform.databases[database];
  if (store?.engine !== 'postgres') throw new Error(`databases.${database} must be a PostgreSQL database`);
  const { statementTimeoutSeconds } = drillTimes;
  return { ...platform, databases: { ...platform.databases, [database]: { ...store, statementTimeoutSeconds } } };
}

/** How the users of a site log in. */
export const dialectOf = (site: SiteName): Dialect => (site === 'primary' ? 'aws' : 'azure');

/**
 * The platform's SQL of a site, and what the provider of a managed server lets its administrator do as if they were a
 * superuser. Nothing else is left out or changed than what a plain server lacks: labels of Entra ID, and extensions that it
 * does not carry.
 */
export function sqlOf(
  platform: Platform,
  site: SiteName,
  carried: ReadonlySet<string>,
): {
  readonly administrators: readonly SqlStep[];
  readonly providers: readonly SqlStep[];
  readonly leftOut: readonly string[];
} {
  const dialect = dialectOf(site);
  const all = [
    ...databaseSql(platform, database),
    ...services.flatMap((service) => serviceSql(platform, database, service, dialect)),
    ...replicationSql(platform, database, dialect),
  ].map((step) => ({ ...step, sql: step.sql.replace(/^DO \$do\$ BEGIN EXECUTE format\('SECURITY LABEL .*$/gm, '') }));
  const extension = ({ part }: SqlStep): string | undefined => /^extension (.+)$/.exec(part)?.[1];
  const here = all.filter((step) => carried.has(extension(step) ?? 'plpgsql'));
  const byProvider = (step: SqlStep): boolean =>
    extension(step) === 'pg_stat_statements' || step.sql.startsWith('CREATE PUBLICATION');
  return {
    administrators: here.filter((step) => !byProvider(step)),
    providers: here.filter(byProvider),
    leftOut: all.filter((step) => !here.includes(step)).map(({ part }) => part),
  };
}

/** Roles that a provider has made before anybody comes. */
export const providerRoles: Readonly<Record<SiteName, string>> = {
  primary: `
    CREATE ROLE rds_iam NOLOGIN;
    CREATE ROLE rds_replication NOLOGIN;
    CREATE ROLE ${administrator} LOGIN CREATEROLE CREATEDB REPLICATION;
    GRANT rds_iam, rds_replication, pg_create_subscription TO ${administrator} WITH ADMIN OPTION;`,
  recovery: `
    CREATE ROLE ${administrator} LOGIN CREATEROLE CREATEDB REPLICATION;
    GRANT pg_create_subscription TO ${administrator} WITH ADMIN OPTION;`,
};

/** Tables as the migration of a service makes them: of every kind that replication treats differently. */
export const orderTables = `
  CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key uuid NOT NULL UNIQUE, site text NOT NULL);
  CREATE TABLE invoices (number serial PRIMARY KEY, key uuid NOT NULL);
  CREATE TABLE lines (key uuid NOT NULL, product text NOT NULL, quantity int NOT NULL);
  CREATE SEQUENCE parcel_numbers;
  CREATE TABLE knex_migrations (id serial PRIMARY KEY, name text NOT NULL);
  COMMENT ON TABLE knex_migrations IS 'Ledger of the migration tool. mainstay: local';
  INSERT INTO knex_migrations (name) VALUES ('0001_orders');`;
