import { textOf } from '../../json';
import type { Json } from '../../json';
import { referent } from '../references';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import type { Assembly, Resource, Stack } from '../stack';

const report = reporter('db-parameter-family');

/** Engines whose families are the engine and its major version. */
const POSTGRES = ['aurora-postgresql', 'postgres'];

/** Properties that name a parameter group, by the type that has them. */
const GROUP_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  'AWS::RDS::DBCluster': ['DBClusterParameterGroupName', 'DBInstanceParameterGroupName'],
  'AWS::RDS::DBInstance': ['DBParameterGroupName'],
};

/** Properties from which a database inherits engine and version, where it states none. */
const PARENT_PROPERTIES = ['DBClusterIdentifier', 'SourceDBInstanceIdentifier', 'ReplicationSourceIdentifier'];

/** A parameter group's family is that of the engine and major version of the database that uses it. */
export const dbParameterFamily: Rule = (stack, assembly) =>
  stack.resources.flatMap((resource) =>
    (GROUP_PROPERTIES[resource.type] ?? []).flatMap((property) => {
      const got = familyOfGroup(resource.properties[property], stack, assembly);
      const wanted = familyOfDatabase(resource, stack, assembly);
      if (got === undefined || wanted === undefined || got === wanted) return [];
      const message = `${property} must name a group of family '${wanted}', got one of '${got}': make one for it`;
      return [report(stack, resource, message)];
    }),
  );

/** Family of a group of the assembly, or of a default group; nothing for any other. */
function familyOfGroup(value: Json | undefined, stack: Stack, assembly: Assembly): string | undefined {
  const family = referent(value, stack, assembly)?.resource.properties.Family;
  return textOf(family) ?? /^default\.(.+)$/.exec(textOf(value) ?? '')?.[1];
}

/** Family that a database needs: `postgres17` for PostgreSQL 17.6; nothing for other engines. */
function familyOfDatabase({ properties }: Resource, stack: Stack, assembly: Assembly): string | undefined {
  const parents = PARENT_PROPERTIES.flatMap((name) => referent(properties[name], stack, assembly) ?? []);
  const lineage = [properties, ...parents.map(({ resource }) => resource.properties)];
  const engine = lineage.map(({ Engine }) => textOf(Engine)).find((text) => text !== undefined);
  const version = lineage.map(({ EngineVersion }) => textOf(EngineVersion)).find((text) => text !== undefined);
  const major = version?.split('.')[0];
  return engine === undefined || major === undefined || !POSTGRES.includes(engine) ? undefined : `${engine}${major}`;
}
