import { isList, isObject, textOf } from '../json';
import type { Json } from '../json';

/** A line of an assembly's metadata: what a construct left behind about itself. */
export interface Note {
  /** Path of the construct, without a leading slash. */
  readonly path: string;
  /** `aws:cdk:logicalId`, `aws:cdk:error`, … */
  readonly type: string;
  readonly data: Json | undefined;
}

/** The notes of a metadata record, which stands in a manifest or in a file of its own. Other shapes hold none. */
export function readNotes(metadata: unknown): readonly Note[] {
  const record = metadata as Json | undefined;
  if (!isObject(record)) return [];
  return Object.entries(record).flatMap(([path, entries]) =>
    (isList(entries) ? entries : []).filter(isObject).map((entry) => ({
      path: path.replace(/^\//, ''),
      type: textOf(entry.type) ?? '',
      data: entry.data,
    })),
  );
}
