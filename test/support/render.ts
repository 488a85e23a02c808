import { Document, isMap, isScalar, isSeq } from 'yaml';
import { listOf, objectOf, textOf } from '../../lib/review/json';
import type { Json, JsonObject } from '../../lib/review/json';
import type { Block, Sheet } from '../platforms/support/graph';
import { alarm, readable } from './render-parts';

/** Widest collection that stands on one line. */
const LINE = 100;

/**
 * A stack as a person reads it in a review: a block a resource, sorted by path, with what the template says about it.
 * References are paths, policies and alarms are sentences, JSON inside texts is opened; tags that all resources share are
 * left out.
 */
export function render({ stack, name, blocks }: Sheet): string {
  const head = {
    stack: stack.stackName,
    region: stack.region,
    'termination protection': stack.terminationProtection,
    'deployed after': stack.dependencies,
  };
  return renderBlocks(head, name, blocks);
}

/** What is said of a stack, and its resources sorted by path. */
export function renderBlocks(head: JsonObject, name: string, blocks: readonly Block[]): string {
  const sorted = [...blocks].sort((a, b) => compare(`${a.path} ${a.type}`, `${b.path} ${b.type}`));
  return [yaml(head), ...sorted.map((block) => renderBlock(block, name))].join('\n');
}

/** A resource: its path inside the stack, its type, and what the template says of it. */
export function renderBlock({ body, path, type }: Block, stack: string): string {
  const properties = objectOf(body.Properties);
  const shown = type === 'AWS::CloudWatch::Alarm' ? alarm(properties) : objectOf(readable(properties));
  const content = { ...shown, ...besides(body) };
  const title = `${stack === '' ? path : path.replace(`${stack}/`, '')} (${type})`;
  if (Object.keys(content).length === 0) return `${title}\n`;
  return `${title}\n${yaml(content).replace(/^(?=.)/gm, '  ')}`;
}

/** What is said of a resource besides its properties, where it is not what CloudFormation does anyway. */
function besides({ DeletionPolicy, UpdateReplacePolicy, DependsOn, UpdatePolicy }: JsonObject): JsonObject {
  const [deletion, replacement] = [DeletionPolicy, UpdateReplacePolicy].map((each) => textOf(each) ?? 'Delete');
  const kept: JsonObject =
    deletion === 'Delete' && replacement === 'Delete'
      ? {}
      : { kept: `${deletion} on deletion, ${replacement} on replacement` };
  return {
    ...kept,
    ...(UpdatePolicy === undefined ? {} : { UpdatePolicy }),
    ...(DependsOn === undefined ? {} : { after: [...listOf(DependsOn)].sort() }),
  };
}

/** YAML with sorted keys; what is small stands on one line. */
function yaml(value: Json): string {
  const document = new Document(value, { aliasDuplicateObjects: false, sortMapEntries: true });
  fold(document.contents, true);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Lets collections that are small stand on one line; returns how long a node is in JSON. */
function fold(node: unknown, whole = false): number {
  if (isScalar(node)) return JSON.stringify(node.value).length;
  if (!isMap(node) && !isSeq(node)) throw new Error(`a value must be data, got ${String(node)}`);
  const items = isMap(node)
    ? node.items.map(({ key, value }) => fold(key) + 1 + fold(value))
    : node.items.map((item) => fold(item));
  const length = items.reduce((sum, item) => sum + item + 1, items.length === 0 ? 2 : 1);
  node.flow = items.length === 0 || (!whole && length <= LINE);
  return length;
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
