import { numberOf, textOf } from '../json';
import { oncePer } from '../../platform/once';
import { resourcesOf as awsResources, type Resource as AwsResource, type Stack as AwsStack } from '../aws/stack';
import { referent } from '../azure/references';
import { resourcesOf, stackOf, type Resource, type Site } from '../azure/stack';
import { kebab } from './capability';
import type { AwsOutputs, Outputs } from './outputs';

/** A PostgreSQL database that stands on both sites. */
export interface SharedDatabase {
  readonly name: string;
  /** The server of the recovery site that takes writes once it leads. */
  readonly recovery: Resource;
  /** Where a reader finds its servers. */
  readonly at: string;
}

/** One whose primary stands on AWS. */
export interface DatabasePair extends SharedDatabase {
  readonly primary: { readonly stack: AwsStack; readonly server: AwsResource };
}

const PATH = /\/(\w+)Database\//;

/** PostgreSQL databases that both sites have, by their names. */
export const databasePairs = oncePer(({ primary, recovery: { site } }: Outputs<AwsOutputs>): readonly DatabasePair[] =>
  primary.assembly.stacks.flatMap((stack) =>
    awsResources(stack, 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance').flatMap((server) => {
      const { DatabaseName, DBName, Engine } = server.properties;
      const database = textOf(DatabaseName) ?? textOf(DBName);
      const found = database === undefined ? undefined : serverOf(database, site);
      return found === undefined || !(textOf(Engine) ?? '').includes('postgres')
        ? []
        : [
            {
              name: kebab(PATH.exec(server.path)?.[1] ?? ''),
              primary: { stack, server },
              recovery: found,
              at: `cdk.out ${stack.name}: ${server.logicalId}; cdktf.out ${found.stack}: ${found.address}`,
            },
          ];
    }),
  ),
);

function serverOf(database: string, site: Site): Resource | undefined {
  const found = resourcesOf(site, 'azurerm_postgresql_flexible_server_database').find(
    ({ arguments: { name } }) => name === database,
  );
  return found === undefined ? undefined : referent(found.arguments.server_id, stackOf(found, site), site)?.resource;
}

/** Parameters of a server by name, as they are set one by one. */
export const parametersOf = (server: Resource, site: Site): ReadonlyMap<string, string> =>
  new Map(
    resourcesOf(site, 'azurerm_postgresql_flexible_server_configuration')
      .filter((each) => referent(each.arguments.server_id, stackOf(each, site), site)?.resource === server)
      .map(({ arguments: { name, value } }) => [textOf(name) ?? '', textOf(value) ?? String(numberOf(value))]),
  );
