import { fieldsOf, methodsOf, parametersOf, readAt, shapeOf } from './fields';

/** An operation, and what nobody can leave out who asks for it. */
interface Operation {
  readonly name: string;
  /** Whether clients were told that it ends. */
  readonly deprecated: boolean;
  readonly needs: readonly string[];
}

function operationsOf(document: unknown): ReadonlyMap<string, Operation> {
  const paths = Object.entries(fieldsOf(fieldsOf(document)['paths']));
  return new Map(
    paths.flatMap(([path, value]) => {
      const item = fieldsOf(value);
      return methodsOf(item).map((method): [string, Operation] => {
        const body = readAt(document, fieldsOf(item[method])['requestBody']);
        const parameters = parametersOf(document, item, method)
          .filter((each) => each['required'] === true && each['in'] !== 'path')
          .map((each) => `${String(each['name'])} in ${String(each['in'])}`);
        return [
          `${method} ${shapeOf(path)}`,
          {
            name: `${method.toUpperCase()} ${path}`,
            deprecated: fieldsOf(item[method])['deprecated'] === true,
            needs: [...parameters, ...(body['required'] === true ? ['a body'] : [])],
          },
        ];
      });
    }),
  );
}

/** The first number of the version, which rises where clients must change. */
const majorOf = (document: unknown): number =>
  Number.parseInt(String(fieldsOf(fieldsOf(document)['info'])['version']), 10);

/**
 * What clients of a contract can no longer do as they did: operations that are gone, and what those that are left need besides.
 * Nothing where the first number of `info.version` rose, which says that clients were told.
 */
export function breaksOf(before: unknown, after: unknown): readonly string[] {
  if (majorOf(after) > majorOf(before)) return [];
  const left = operationsOf(after);
  return [...operationsOf(before)].flatMap(([key, { name, needs }]) => {
    const now = left.get(key);
    return now === undefined
      ? [`${name} is gone`]
      : now.needs.filter((need) => !needs.includes(need)).map((need) => `${name} needs ${need}`);
  });
}

/** What clients of a contract can no longer do where the whole of it is gone: all but what they were told of as deprecated. */
export const lostWith = (before: unknown): readonly string[] =>
  [...operationsOf(before).values()].filter(({ deprecated }) => !deprecated).map(({ name }) => `${name} is gone`);
