import { textOf, type Json } from '../../json';
import { groupNameOf, namedBy } from '../../azure/private-dns';
import type { Resource, Site } from '../../azure/stack';

/** Where a reader finds a resource. */
export const placeOf = ({ address, stack }: Resource): string => `cdktf.out ${stack}: ${address}`;

/** Whether a value stands for a resource: refers to it, or is the id that follows from its name. */
export function means(value: Json | undefined, target: Resource, from: Resource, site: Site): boolean {
  const named = namedBy(from, value, site);
  if (named !== undefined) return named === target;
  const name = textOf(target.arguments.name);
  return name !== undefined && (textOf(value) ?? '').endsWith(`/${name}`);
}

export const nameOf = ({ arguments: { name } }: Resource): string => textOf(name) ?? '';

/** Where something stands, as the command line of Azure asks for it. */
export const groupOf = (resource: Resource, site: Site): string =>
  `--resource-group ${groupNameOf(resource, site) ?? ''}`;
