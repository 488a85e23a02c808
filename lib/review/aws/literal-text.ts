import { isList, isObject } from '../json';
import type { Json } from '../json';

/** What stands in {@link literalText} for a value that is known only at deployment. */
export const DEPLOY_TIME = '${…}';

/**
 * The text of a string, of `Fn::Join` or of `Fn::Sub`, with {@link DEPLOY_TIME} for each part that is known only at
 * deployment; nothing for any other value.
 */
export function literalText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return undefined;
  const join = value['Fn::Join'];
  if (isList(join) && typeof join[0] === 'string' && isList(join[1])) {
    return join[1].map((part) => literalText(part) ?? DEPLOY_TIME).join(join[0]);
  }
  const sub = value['Fn::Sub'];
  const pattern = isList(sub) ? sub[0] : sub;
  return typeof pattern === 'string' ? pattern.replace(/\$\{[^!}][^}]*\}/g, DEPLOY_TIME) : undefined;
}
