import { objectOf, textOf } from '../json';
import type { Json, JsonObject } from '../json';
import { oncePer } from '../../platform/once';
import { traversalsIn } from './expressions';
import type { Resource, Site, Stack } from './stack';

/** What a text names in its stack. */
export type Reference =
  | { readonly kind: 'resource'; readonly address: string; readonly attribute: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'output'; readonly state: string; readonly output: string };

/** A type of a provider: `azurerm_key_vault`, `terraform_data`. */
const TYPE = /^[a-z][a-z0-9]*_[a-z0-9_]+$/;

const REMOTE_STATE = 'terraform_remote_state';

function reference(names: readonly string[]): readonly Reference[] {
  const [root = '', second = '', third = '', ...rest] = names;
  if (root === 'var') return [{ kind: 'variable', name: second }];
  if (root === 'local') return [{ kind: 'local', name: second }];
  if (root === 'data' && second === REMOTE_STATE) {
    return [{ kind: 'output', state: `data.${REMOTE_STATE}.${third}`, output: rest[1] ?? '' }];
  }
  if (root === 'data') return [{ kind: 'resource', address: `data.${second}.${third}`, attribute: rest }];
  const attribute = names.slice(2);
  return TYPE.test(root) && second !== '' ? [{ kind: 'resource', address: `${root}.${second}`, attribute }] : [];
}

/** Everything that a text names in its stack, in the order of the text. */
export const referencesIn = (text: string): readonly Reference[] =>
  traversalsIn(text).flatMap(({ names }) => reference(names));

const byAddress = oncePer(
  ({ data, resources }: Stack): ReadonlyMap<string, Resource> =>
    new Map([...resources, ...data].map((each) => [each.address, each])),
);

/** What a stack declares at an address. */
export const at = (stack: Stack, address: string): Resource | undefined => byAddress(stack).get(address);

/** What tells the place of a state from every other. */
export const stateKey = (config: JsonObject): string =>
  JSON.stringify(['storage_account_name', 'container_name', 'key'].map((name) => config[name] ?? null));

const byState = oncePer(
  ({ stacks }: Site): ReadonlyMap<string, Stack> =>
    new Map(stacks.flatMap((stack) => stack.backends.map(({ config }) => [stateKey(config), stack] as const))),
);

/** The stack whose state a stack reads at an address. */
export function producerOf(state: string, stack: Stack, site: Site): Stack | undefined {
  const config = objectOf(at(stack, state)?.arguments.config);
  return byState(site).get(stateKey(config));
}

/** A resource that a value stands for. */
export interface Referent {
  readonly resource: Resource;
  /** `['id']` */
  readonly attribute: readonly string[];
}

/** How many stacks may pass a value on: more than there are, so that a circle ends. */
const LONGEST_WAY = 16;

/** The first resource that a value names, in whichever stack of the site it is. */
export function referent(value: Json | undefined, stack: Stack, site: Site, way = LONGEST_WAY): Referent | undefined {
  const [first] = way === 0 ? [] : referencesIn(textOf(value) ?? '');
  if (first === undefined || first.kind === 'variable') return undefined;
  if (first.kind === 'local') return referent(stack.locals[first.name], stack, site, way - 1);
  if (first.kind === 'output') {
    const producer = producerOf(first.state, stack, site);
    const output = objectOf(producer?.outputs[first.output]);
    return producer === undefined ? undefined : referent(output.value, producer, site, way - 1);
  }
  const resource = at(stack, first.address);
  return resource === undefined ? undefined : { resource, attribute: first.attribute };
}
