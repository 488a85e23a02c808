import { scopeTag } from '../../platform/scopes';
import { listOf, numberOf, objectOf, isObject, textOf } from '../json';
import type { Json, JsonObject } from '../json';
import { referent } from './references';
import type { Assembly, Resource, Stack } from './stack';

/** Key of the metadata of a security group: who is in it, and who is let in by the definition. */
const MARK = 'mainstay:group';

/** The scope that a resource says it stands in. */
export const scopeOf = ({ properties }: Resource): string | undefined =>
  listOf(properties.Tags)
    .filter(isObject)
    .filter(({ Key }) => Key === scopeTag)
    .map(({ Value }) => textOf(Value))[0];

/** Who is in a security group, and whom the definition lets in, by name and port. */
export interface Mark {
  readonly name: string | undefined;
  readonly admits: readonly { readonly from: string | undefined; readonly port: number | undefined }[];
}

/** What the metadata of a security group says. */
export function markOf({ metadata }: Resource): Mark {
  const mark = objectOf(metadata[MARK]);
  return {
    name: textOf(mark.name),
    admits: listOf(mark.admits)
      .filter(isObject)
      .map(({ from, port }) => ({ from: textOf(from), port: numberOf(port) })),
  };
}

/** A resource that stands in one of the properties whose name is like the pattern, however deep. */
export function resourcesIn(value: JsonObject, pattern: RegExp, stack: Stack, assembly: Assembly): readonly Resource[] {
  const found = (item: Json): readonly Resource[] => {
    const one = referent(item, stack, assembly)?.resource;
    return one === undefined ? [] : [one];
  };
  return Object.entries(value).flatMap(([key, item]) => {
    if (pattern.test(key))
      return listOf(item).flatMap((each) => (isObject(each) ? [...found(each), ...deeper(each)] : []));
    return listOf(item).flatMap((each) => (isObject(each) ? deeper(each) : []));
  });

  function deeper(item: JsonObject): readonly Resource[] {
    return resourcesIn(item, pattern, stack, assembly);
  }
}
