import { isList, isObject, type Json } from '../json';

/** What stands at a place of a value: `spec.template.metadata.labels`. Nothing where there is none. */
export function placeIn(value: Json, path: string): Json | undefined {
  let found: Json | undefined = value;
  for (const step of path.split('.')) {
    if (isList(found)) found = found[Number(step)];
    else found = isObject(found) ? found[step] : undefined;
  }
  return found;
}
