import { isObject, objectOf, textOf } from '../json';
import type { JsonObject } from '../json';
import type { JsonFile } from '../json-file';
import type { Note } from './notes';
import type { Message, Resource, Stack } from './stack';

const LEVELS = new Map<string, Message['level']>([
  ['aws:cdk:error', 'error'],
  ['aws:cdk:warning', 'warning'],
]);

/** What {@link stackFrom} makes a stack of. */
export interface StackParts extends Omit<
  Stack,
  'template' | 'bytes' | 'resources' | 'outputs' | 'messages' | 'constructPath'
> {
  /** The template's file. */
  readonly file: JsonFile;
  /** The metadata that belongs to this template. */
  readonly notes: readonly Note[];
}

/** Makes a stack of its template and metadata. */
export function stackFrom({ file, notes, ...rest }: StackParts): Stack {
  const template = objectOf(file.value);
  const paths = new Map<string, string>();
  for (const { type, data, path } of notes) {
    if (type === 'aws:cdk:logicalId' && typeof data === 'string') paths.set(data, path);
  }
  const constructPath = (logicalId: string): string =>
    textOf(objectOf(objectOf(objectOf(template.Resources)[logicalId]).Metadata)['aws:cdk:path']) ??
    paths.get(logicalId) ??
    `${rest.name}/${logicalId}`;
  return {
    ...rest,
    template,
    bytes: file.bytes,
    resources: resourcesIn(template, constructPath),
    outputs: objectOf(template.Outputs),
    messages: notes.flatMap(messageOf),
    constructPath,
  };
}

function resourcesIn(template: JsonObject, constructPath: (logicalId: string) => string): readonly Resource[] {
  return Object.entries(objectOf(template.Resources))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([logicalId, declaration]) =>
      isObject(declaration)
        ? [
            {
              logicalId,
              type: textOf(declaration.Type) ?? '',
              path: constructPath(logicalId),
              properties: objectOf(declaration.Properties),
              metadata: objectOf(declaration.Metadata),
              deletionPolicy: declaration.DeletionPolicy,
              updateReplacePolicy: declaration.UpdateReplacePolicy,
            },
          ]
        : [],
    );
}

function messageOf({ type, path, data }: Note): readonly Message[] {
  const level = LEVELS.get(type);
  return level === undefined ? [] : [{ level, path, text: textOf(data) ?? JSON.stringify(data) }];
}
