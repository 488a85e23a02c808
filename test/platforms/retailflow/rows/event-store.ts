import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { all, like } from '../../support/matchers';

const sql = 'ContainerDefinitions[Name=platform-store].Environment[Name=DATABASE_SQL].Value';

/** The event stores by the service that owns them. */
const stores = [
  { service: 'Order', user: 'svc_order', table: 'orders_events' },
  { service: 'Catalog', user: 'svc_catalog', table: 'inventory_events' },
] as const;

const text = (pattern: string): RegExp => new RegExp(pattern, 's');

const tables: readonly Expectation[] = stores.flatMap(({ service, table, user }) => {
  const name = `"${user}"."${table}"`;
  return about(
    { stack: `Service-${service}`, type: 'AWS::ECS::TaskDefinition', where: /Migration\/Task$/, count: 1 },
    {
      [`${table} lies in the schema of its owner`]: { path: sql, is: like(text(`CREATE TABLE ${name} \\(`)) },
      [`the owner of ${table} reads it, and appends to it`]: {
        path: sql,
        is: like(text(`GRANT SELECT, INSERT \\([^)]*\\) ON TABLE ${name} TO "${user}"`)),
      },
      [`nobody else has anything of ${table}`]: {
        path: sql,
        is: like(text(`REVOKE ALL ON TABLE ${name} FROM PUBLIC`)),
      },
      [`nothing in ${table} is changed or removed`]: {
        path: sql,
        is: like(text(`BEFORE UPDATE OR DELETE OR TRUNCATE ON ${name}.*EXECUTE FUNCTION mainstay.refuse_change`)),
      },
      [`nothing in ${table} is changed by replication either`]: {
        path: sql,
        is: like(text(`ALTER TABLE ${name} ENABLE ALWAYS TRIGGER refuse_change`)),
      },
      [`what is done to ${table} is audited`]: {
        path: sql,
        is: like(text(`GRANT INSERT, UPDATE, DELETE ON TABLE ${name} TO rds_pgaudit`)),
      },
      [`events of one thing in ${table} have their order`]: {
        path: sql,
        is: like(text('UNIQUE \\(stream_id, stream_version\\)')),
      },
      [`${table} can be replayed from any place`]: {
        path: sql,
        is: like(text(`"read_${table}"\\(after bigint.*WHERE position > after ORDER BY position`)),
      },
    },
  );
});

const users: readonly Expectation[] = ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'].flatMap(
  (name) =>
    about(
      {
        stack: `Service-${name.charAt(0).toUpperCase()}${name.slice(1)}`,
        type: 'AWS::ECS::TaskDefinition',
        where: /Migration\/Task$/,
        count: 1,
      },
      {
        [`${name} has a user of its own in the database`]: {
          path: sql,
          is: like(text(`CREATE ROLE "svc_${name}" LOGIN`)),
        },
        [`${name} logs in to the database by IAM`]: { path: sql, is: like(text(`GRANT rds_iam TO "svc_${name}"`)) },
        [`${name} has a schema of its own`]: {
          path: sql,
          is: all(
            like(text(`CREATE SCHEMA IF NOT EXISTS "svc_${name}" AUTHORIZATION mainstay_owner`)),
            like(text(`GRANT USAGE, CREATE ON SCHEMA "svc_${name}" TO "svc_${name}"`)),
          ),
        },
        [`${name} has nothing in the schema of everybody`]: {
          path: sql,
          is: like(text('REVOKE ALL ON SCHEMA public FROM PUBLIC')),
        },
        [`statements of ${name} end in time`]: {
          path: sql,
          is: like(text(`ALTER ROLE "svc_${name}" .*SET statement_timeout`)),
        },
        [`changes of the tables of ${name} are audited`]: {
          path: sql,
          is: like(text('CREATE EXTENSION IF NOT EXISTS "pgaudit"')),
        },
        [`the recovery site can follow the tables of ${name}`]: {
          path: sql,
          is: like(text('CREATE PUBLICATION mainstay_recovery')),
        },
        [`migrations of ${name} check that the database is the database`]: {
          path: 'ContainerDefinitions[Name=platform-store].Environment[Name=PGSSLMODE].Value',
          is: 'verify-full',
        },
        [`the password for migrations of ${name} is injected`]: {
          path: 'ContainerDefinitions[Name=platform-store].Secrets[Name=PGPASSWORD].ValueFrom',
          is: like(/^\$\{Data\/StoreDatabase\/Server\/Cluster\.MasterUserSecret\.SecretArn\}:password::$/),
        },
      },
    ),
);

export const eventStore: Row = { row: 'event store, users of the database', expectations: [...tables, ...users] };
