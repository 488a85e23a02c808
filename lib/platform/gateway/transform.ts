import type { Route } from '../nouns/service';
import type { KongPlugin } from './document';

/** Headers that only Kong may set. One consumer stands for all users, so services have no use for them. */
export const kongsOwnHeaders: readonly string[] = [
  'X-Anonymous-Consumer',
  'X-Consumer-Custom-Id',
  'X-Consumer-Id',
  'X-Consumer-Username',
  'X-Credential-Identifier',
];

/** By which the expression of a path keeps what follows it. */
export const restCapture = 'rest';

/** `name:value` for each, sorted by name. */
const pairs = (values: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(values)
    .map(([name, value]) => `${name}:${value}`)
    .sort();

/** Headers and fields of a query, as far as there are any. */
function change(headers: readonly string[], querystring: readonly string[]) {
  return {
    ...(headers.length === 0 ? {} : { headers }),
    ...(querystring.length === 0 ? {} : { querystring }),
  };
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

/**
 * What changes the requests of one route; nothing where the route changes none. It takes the place of the platform's own, so it
 * takes Kong's headers away as well. What is added is taken away before: Kong adds only what the client did not send.
 */
export function transformPlugin({ addHeaders, transform }: Route): readonly KongPlugin[] {
  const added = Object.keys(addHeaders).sort();
  const addedQuery = Object.keys(transform.addQuery).sort();
  const rename = change(pairs(transform.renameHeaders), pairs(transform.renameQuery));
  const add = change(pairs(addHeaders), pairs(transform.addQuery));
  const removed = change([...transform.removeHeaders, ...added], [...transform.removeQuery, ...addedQuery]);
  if (transform.path === undefined && [rename, add, removed].every(isEmpty)) return [];
  return [
    {
      name: 'request-transformer',
      config: {
        remove: { ...removed, headers: [...kongsOwnHeaders, ...(removed.headers ?? [])] },
        ...(isEmpty(rename) ? {} : { rename }),
        ...(transform.path === undefined
          ? {}
          : { replace: { uri: `${transform.path}$(uri_captures["${restCapture}"])` } }),
        ...(isEmpty(add) ? {} : { add }),
      },
    },
  ];
}
