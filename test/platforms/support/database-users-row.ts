import { about } from './about';
import type { Expectation } from './expectations';
import { all, like } from './matchers';

const text = (pattern: string): RegExp => new RegExp(pattern, 's');

const kebab = (stack: string): string => stack.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

const migration = (service: string) => ({
  stack: `Service-${service}`,
  type: 'AWS::ECS::TaskDefinition',
  where: /Migration\/Task$/,
  count: 1,
});

/** What a service's migration tells one of its databases. */
const sqlOf = (database: string): string =>
  `ContainerDefinitions[Name=platform-${database}].Environment[Name=DATABASE_SQL].Value`;

/**
 * Who each service is at its database on AWS, by what its migration says there.
 *
 * @param services Ends of the names of their stacks, by the database: `{ store: ['Order'] }`.
 */
export const databaseUsers = (services: Readonly<Record<string, readonly string[]>>): readonly Expectation[] =>
  Object.entries(services).flatMap(([database, names]) => {
    const sql = sqlOf(database);
    const server = `${database.charAt(0).toUpperCase()}${database.slice(1)}Database`;
    return names.flatMap((stack) => {
      const name = kebab(stack);
      const role = {
        stack: `Service-${stack}`,
        type: 'AWS::IAM::ManagedPolicy',
        where: /\/Roles\/TaskPolicy$/,
        count: 1,
      };
      const connects = about(role, {
        [`${name} connects as its own user alone`]: {
          path: 'PolicyDocument.Statement[Action=rds-db:connect].Resource',
          is: like(new RegExp(`/svc_${name}$`)),
        },
      });
      const told = about(migration(stack), {
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
        [`migrations of ${name} check that the database is the database`]: {
          path: `ContainerDefinitions[Name=platform-${database}].Environment[Name=PGSSLMODE].Value`,
          is: 'verify-full',
        },
        [`the password for migrations of ${name} is injected`]: {
          path: `ContainerDefinitions[Name=platform-${database}].Secrets[Name=PGPASSWORD].ValueFrom`,
          is: like(new RegExp(`^\\$\\{Data/${server}/Server/Cluster\\.MasterUserSecret\\.SecretArn\\}:password::$`)),
        },
      });
      return [...connects, ...told];
    });
  });

/** A log of events in a database on AWS. */
interface Store {
  /** End of the name of its owner's stack. */
  readonly service: string;
  readonly database: string;
  readonly table: string;
}

/** What makes a table a log of events, which is appended to and never changed, by what its owner's migration says. */
export const eventTables = (stores: readonly Store[]): readonly Expectation[] =>
  stores.flatMap(({ database, service, table }) => {
    const [sql, user] = [sqlOf(database), `svc_${kebab(service)}`];
    const name = `"${user}"."${table}"`;
    return about(migration(service), {
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
    });
  });
