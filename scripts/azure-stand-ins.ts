import { isList, isObject, objectOf } from '../lib/review/json';
import type { Json, JsonObject } from '../lib/review/json';

/** Arguments that Terraform itself takes of every resource, but for those that name arguments of a provider. */
const OWN = ['count', 'depends_on', 'for_each', 'lifecycle'];

/** What Terraform has without any provider: a resource that takes anything, and gives it back as its output. */
const STAND_IN = 'terraform_data';

const isOwn = (type: string): boolean => type === STAND_IN;

/** `azurerm_key_vault.Vault` and `data.azurerm_key_vault.Vault`, wherever they stand in a text. */
const ADDRESS = /(?<![\w.-])(data\.)?([a-z][a-z0-9_]*)\.([A-Za-z_][\w-]*)/g;

const standIn = (data: string, type: string, name: string): string =>
  `${STAND_IN}.${data === '' ? '' : 'data__'}${type}__${name}`;

/** Declarations of a file by kind: type, name, body. */
const declared = (file: JsonObject, kind: 'data' | 'resource'): readonly (readonly [string, string, JsonObject])[] =>
  Object.entries(objectOf(file[kind])).flatMap(([type, named]) =>
    Object.entries(objectOf(named)).map(([name, body]) => [type, name, objectOf(body)] as const),
  );

/**
 * A stack that Terraform reads without any provider: each resource of one, and what it reads, is stood in for by one that
 * takes any arguments. What is left is what Terraform judges by itself: the language of the file and of every expression,
 * that everything named is there, and that nothing waits for itself. What a provider would say of arguments is not.
 */
export function withStandIns(file: JsonObject): JsonObject {
  const known = new Set([
    ...declared(file, 'resource').map(([type, name]) => `${type}.${name}`),
    ...declared(file, 'data').map(([type, name]) => `data.${type}.${name}`),
  ]);
  const renamed = (text: string, suffix: string): string =>
    text.replace(ADDRESS, (address: string, data: string | undefined, type: string, name: string) =>
      known.has(address) && !isOwn(type) ? `${standIn(data ?? '', type, name)}${suffix}` : address,
    );
  const rewritten = (value: Json, suffix = '.output'): Json => {
    if (typeof value === 'string') return renamed(value, suffix);
    if (isList(value)) return value.map((each) => rewritten(each, suffix));
    return isObject(value)
      ? Object.fromEntries(
          Object.entries(value).map(([key, each]) => [key, rewritten(each, key === 'depends_on' ? '' : suffix)]),
        )
      : value;
  };
  const stood = (body: JsonObject): JsonObject => {
    const { '//': _comment, ...rest } = body;
    const { ignore_changes: _ignored, ...lifecycle } = objectOf(rest.lifecycle);
    const split = (own: boolean) =>
      Object.fromEntries(Object.entries(rest).filter(([key]) => OWN.includes(key) === own));
    return { ...split(true), ...(rest.lifecycle === undefined ? {} : { lifecycle }), input: split(false) };
  };
  // What no state keeps is taken by arguments of a provider alone, which a stand-in has not.
  const variable = Object.fromEntries(
    Object.entries(objectOf(file.variable)).map(([name, body]) => {
      const { ephemeral: _ephemeral, ...rest } = objectOf(body);
      return [name, rest];
    }),
  );
  const resources = [
    ...declared(file, 'resource').map(([type, name, body]) =>
      isOwn(type) ? ([name, body] as const) : ([standIn('', type, name), stood(body)] as const),
    ),
    ...declared(file, 'data').map(([type, name, body]) => [standIn('data.', type, name), stood(body)] as const),
  ].map(([name, body]) => [name.replace(`${STAND_IN}.`, ''), rewritten(body)]);
  return {
    terraform: { required_version: objectOf(file.terraform).required_version ?? '>= 1.11.0' },
    resource: { [STAND_IN]: Object.fromEntries(resources) as JsonObject },
    ...Object.fromEntries(
      Object.entries({ ...file, variable }).flatMap(([kind, body]) =>
        ['locals', 'output', 'variable'].includes(kind) && body !== undefined ? [[kind, rewritten(body)]] : [],
      ),
    ),
  };
}
