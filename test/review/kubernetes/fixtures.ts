import type { Json } from '../../../lib/review/json';
import type { Cluster } from '../../../lib/review/kubernetes/cluster';
import { clustersOf } from '../../../lib/review/kubernetes/read-cluster';
import type { Rule } from '../../../lib/review/kubernetes/rule';
import { cluster, registry, sound, type Files } from './sound';

/** A cluster of the given objects. */
export function clusterOf(files: Files): Cluster {
  const [found] = clustersOf(
    Object.entries(files).map(([file, value]) => [
      `${cluster}/${file}.yaml`,
      JSON.parse(JSON.stringify(value)) as Json,
    ]),
  );
  if (found === undefined) throw new Error('a cluster must hold an object');
  return found;
}

/** The findings of a rule as `file path: message`, files without the cluster's folder and their ending. */
export const messagesOf = (rule: Rule, files: Files): readonly string[] =>
  rule
    .judge(clusterOf(files), { registry })
    .map(
      ({ logicalId, message, path }) =>
        `${path.slice(cluster.length + 1).replace(/\.yaml$/, '')} ${logicalId}: ${message}`,
    );

type Tree = { [key: string]: Tree };

/**
 * A copy of objects with one value changed, or removed where the value is `undefined`.
 *
 * @param path names and list positions, joined by dots; a name in brackets may hold dots. Empty for the object itself.
 */
export function change(files: Files, file: string, path: string, value: unknown): Files {
  const copy = JSON.parse(JSON.stringify(files)) as Record<string, Tree>;
  const keys = [
    file,
    ...[...path.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)].map(([, bracket, name]) => bracket ?? name ?? ''),
  ];
  const last = keys.pop() ?? '';
  let holder = copy as Tree;
  for (const key of keys) {
    const inner = holder[key];
    if (inner === undefined) throw new Error(`the fixture has nothing at ${file} ${path}`);
    holder = inner;
  }
  if (value === undefined) delete holder[last];
  else holder[last] = value as Tree;
  return copy;
}

/** One change of the sound cluster, and what its one finding says: where it is, and how it begins. */
export type Mutation = readonly [title: string, file: string, path: string, value: unknown, finding: string | RegExp];

/** Tests that a rule finds nothing in the sound cluster, and exactly one thing after each change. */
export function judges(rule: Rule, mutations: readonly Mutation[], files: Files = sound): void {
  test('finds nothing in a sound cluster', () => {
    expect(messagesOf(rule, files)).toEqual([]);
  });
  test.each(mutations)('fails when %s', (_, file, path, value, finding) => {
    const messages = messagesOf(rule, change(files, file, path, value));
    expect(messages).toEqual([
      typeof finding === 'string' ? expect.stringContaining(finding) : expect.stringMatching(finding),
    ]);
  });
}
