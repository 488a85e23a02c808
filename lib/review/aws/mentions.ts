import { entriesOf, isList, isObject, textOf } from '../json';
import type { Json } from '../json';

/** A resource or parameter that a value names, by `Ref` or, with an attribute, by `Fn::GetAtt`. */
export interface Mention {
  readonly id: string;
  readonly attribute: string | undefined;
}

/** Everything that a value names in its own template, in `Fn::Sub` too. */
export function mentionsIn(value: Json): readonly Mention[] {
  return entriesOf(value).flatMap((entry) => {
    if (!isObject(entry.value)) return [];
    const { Ref, 'Fn::GetAtt': get, 'Fn::Sub': sub } = entry.value;
    const pattern = isList(sub) ? sub[0] : sub;
    return [
      ...(typeof Ref === 'string' ? [{ id: Ref, attribute: undefined }] : []),
      ...(typeof get === 'string' ? [fromDotted(get)] : []),
      ...(isList(get) && typeof get[0] === 'string' ? [{ id: get[0], attribute: textOf(get[1]) ?? '' }] : []),
      ...(typeof pattern === 'string'
        ? [...pattern.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => fromDotted(name))
        : []),
    ];
  });
}

/** `Queue.Arn` as `Fn::GetAtt`, `Queue` as `Ref`. */
function fromDotted(text: string): Mention {
  const [id = '', ...attribute] = text.split('.');
  return { id, attribute: attribute.length === 0 ? undefined : attribute.join('.') };
}
