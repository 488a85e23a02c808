import { DB_PARAMETERS, POSTGRES_VERSIONS } from '../data/db-parameters';
import type { DbParameter, ParameterScope } from '../data/db-parameters';
import { isObject, objectOf, shown, textOf } from '../../json';
import type { Json, JsonObject } from '../../json';
import { nearest } from '../../nearest';
import { accepts, allowedValues } from '../parameter-values';
import { reporter } from '../rule';
import type { Rule } from '../rule';

const report = reporter('db-parameters');

const CLUSTER_GROUP = 'AWS::RDS::DBClusterParameterGroup';
const INSTANCE_GROUP = 'AWS::RDS::DBParameterGroup';

/** Parameters that only a preloaded library gives, by the prefix of their names. */
const LIBRARY_OF_PREFIX: Readonly<Record<string, string>> = {
  auto_explain: 'auto_explain',
  cron: 'pg_cron',
  pg_stat_statements: 'pg_stat_statements',
  pgaudit: 'pgaudit',
};

const FAMILIES = POSTGRES_VERSIONS.flatMap((version) => [`aurora-postgresql${version}`, `postgres${version}`]);

/** Every parameter of a database's parameter group is one that its family has, with a value that it takes. */
export const dbParameters: Rule = (stack) =>
  stack.resources
    .filter(({ type }) => type === CLUSTER_GROUP || type === INSTANCE_GROUP)
    .flatMap((resource) =>
      problemsOf(resource.type, resource.properties).map((problem) => report(stack, resource, problem)),
    );

function problemsOf(type: string, { Family, Parameters }: JsonObject): readonly string[] {
  const [, engine, major] = /^(aurora-postgresql|postgres)(\d+)$/.exec(textOf(Family) ?? '') ?? [];
  const version = Number(major);
  if (engine === undefined || !POSTGRES_VERSIONS.includes(version)) {
    return [`Family must be one of ${FAMILIES.join(', ')}, got ${shown(Family)}: choose one of them`];
  }
  const scope: ParameterScope =
    engine === 'postgres' ? 'rds' : type === CLUSTER_GROUP ? 'aurora-cluster' : 'aurora-instance';
  const known = DB_PARAMETERS.filter(
    ({ scopes, since, until }) => scopes.includes(scope) && version >= (since ?? 0) && version <= (until ?? Infinity),
  );
  const parameters = objectOf(Parameters);
  return [
    ...Object.entries(parameters).flatMap(([name, value]) =>
      problemOf(name, value, known, `${engine}${major} (${scope})`),
    ),
    ...unloaded(parameters),
  ];
}

function problemOf(name: string, value: Json, known: readonly DbParameter[], where: string): readonly string[] {
  const parameter = known.find((candidate) => candidate.name === name);
  if (parameter === undefined) {
    const names = known.map((candidate) => candidate.name).sort();
    const elsewhere = DB_PARAMETERS.some((candidate) => candidate.name === name);
    return [
      `Parameters.${name} is ${elsewhere ? 'not for' : 'unknown to'} ${where}: ` +
        `did you mean ${nearest(name, names).join(' or ')}? Known are ${names.join(', ')}`,
    ];
  }
  if (parameter.values.kind === 'fixed') return [`Parameters.${name} cannot be set: ${parameter.values.instead}`];
  // What is known only at deployment cannot be judged.
  const text = typeof value === 'number' ? String(value) : textOf(value);
  if (isObject(value) || (text !== undefined && accepts(parameter.values, text))) return [];
  return [`Parameters.${name} must be ${allowedValues(parameter.values)}, got ${shown(value)}: correct the value`];
}

/** Libraries whose parameters are set though the same group's list of libraries leaves them out. */
function unloaded(parameters: JsonObject): readonly string[] {
  const list = parameters.shared_preload_libraries;
  if (typeof list !== 'string') return [];
  const loaded = list.split(',').map((name) => name.trim());
  return Object.keys(parameters).flatMap((name) => {
    const library = LIBRARY_OF_PREFIX[name.split('.')[0] ?? ''];
    return library === undefined || loaded.includes(library)
      ? []
      : [`Parameters.${name} needs ${library} in shared_preload_libraries, got '${list}': add it`];
  });
}
