import type { Json, JsonObject } from '../json';
import { oncePer } from '../../platform/once';

/** A resource of a stack, or something that it reads of Azure. */
export interface Resource {
  /** Name of its stack. */
  readonly stack: string;
  /** `azurerm_key_vault`; that of a data source begins with `data.`. */
  readonly type: string;
  /** How the stack refers to it: `azurerm_key_vault.Vault`. */
  readonly address: string;
  /** Path of the construct that made it: `retailflow-production-foundation/Secrets/Vault`. */
  readonly path: string;
  /** What Azure is told, without what only Terraform is told. */
  readonly arguments: JsonObject;
  /** `prevent_destroy`, `ignore_changes`, `precondition` and their like. */
  readonly lifecycle: JsonObject;
  /** What else only Terraform is told: `depends_on`, `count`, `for_each` and their like. */
  readonly meta: JsonObject;
  /** Reasons by rule that a construct wrote down. */
  readonly exemptions: JsonObject;
}

/** Where a stack keeps its state. */
export interface Backend {
  /** `azurerm` */
  readonly type: string;
  readonly config: JsonObject;
}

/** A stack, which is one state of Terraform. */
export interface Stack {
  readonly name: string;
  /** Where its file lies. */
  readonly directory: string;
  /** Resources, sorted by address. */
  readonly resources: readonly Resource[];
  /** What it reads, sorted by address; states of other stacks among it. */
  readonly data: readonly Resource[];
  readonly variables: JsonObject;
  readonly outputs: JsonObject;
  readonly locals: JsonObject;
  readonly backends: readonly Backend[];
  readonly requiredProviders: JsonObject;
  /** Configurations by name of the provider. */
  readonly providers: JsonObject;
  /** Names of the stacks that are applied before this one, as the manifest tells, sorted. */
  readonly dependencies: readonly string[];
  /** The whole file. */
  readonly file: Json;
}

/** A platform's site on Azure: all its stacks, sorted by name. */
export interface Site {
  readonly stacks: readonly Stack[];
}

/** The resources of a stack or a site that have one of the given types. */
export function resourcesOf(from: Pick<Stack, 'resources'> | Site, ...types: readonly string[]): readonly Resource[] {
  return 'stacks' in from
    ? from.stacks.flatMap(({ resources }) => ofTypes(resources, types))
    : ofTypes(from.resources, types);
}

/** Resources by their type: rules ask each stack for many types, one after another. */
const byType = oncePer((resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> => {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const group = groups.get(resource.type);
    if (group === undefined) groups.set(resource.type, [resource]);
    else group.push(resource);
  }
  return groups;
});

function ofTypes(resources: readonly Resource[], types: readonly string[]): readonly Resource[] {
  const [type, ...others] = types;
  return type === undefined || others.length > 0
    ? resources.filter((each) => types.includes(each.type))
    : (byType(resources).get(type) ?? []);
}

/** Makes any resource of Azure by its name there. */
export const AZAPI = 'azapi_resource';

/** What tells Azure something by its own interface: it makes a resource, or says more of one. */
export const AZAPI_TYPES: readonly string[] = [AZAPI, 'azapi_update_resource'];

/** What a resource is: its type, or `Microsoft.KeyVault/vaults/keys` where Terraform does not know the type. */
export const kindOf = ({ arguments: { type: kind }, type }: Resource): string =>
  type === AZAPI && typeof kind === 'string' ? kind.replace(/@.*/, '') : type;

/** The stack that holds a resource. */
export function stackOf({ stack: name }: Resource, { stacks }: Site): Stack {
  const stack = stacks.find((each) => each.name === name);
  if (stack === undefined) throw new Error(`${name} must be a stack of the site`);
  return stack;
}
