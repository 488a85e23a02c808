import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { platformNames, stagesOn } from '../../bin/inputs';
import { isList, isObject, objectOf, type Json, type JsonObject } from '../../lib/review/json';
import { renderedCluster } from '../support/clusters';
import { expectFile, expectFiles } from '../support/file-snapshot';

/** Where a person reads what a cluster holds: a file a namespace. */
const directory = join(__dirname, '__snapshots__/kubernetes');

/** The stage that is shown. */
const shown = 'production';

const names = platformNames().filter((name) => stagesOn(name, 'azure').includes(shown));

/** Labels that everything bears; they would drown the others. */
const COMMON = /^(app\.kubernetes\.io\/(managed-by|part-of)|team)$/;

/** Texts of more lines are shown where they are made. */
const MOST_LINES = 12;

/** What a reader of an object wants to see: without what all have, and without long texts. */
function readable(value: Json): Json {
  if (typeof value === 'string') {
    const isLong = value.trimEnd().split('\n').length > MOST_LINES;
    return isLong ? '(a text of many lines)' : value.replace(/-[0-9a-f]{10}\b/g, '-<hash>');
  }
  if (isList(value)) return value.map(readable);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

/** An object without the namespace and the labels that are shown already, or that all share. */
function shownObject(text: string): string {
  const { metadata, ...rest } = objectOf(parse(text, { version: '1.1' }) as Json);
  const { labels, namespace: _namespace, ...others } = objectOf(metadata);
  const own: JsonObject = Object.fromEntries(Object.entries(objectOf(labels)).filter(([key]) => !COMMON.test(key)));
  const shortened = { ...others, ...(Object.keys(own).length === 0 ? {} : { labels: own }) };
  return stringify(readable({ ...rest, metadata: shortened }), { sortMapEntries: true, lineWidth: 0 });
}

describe.each(names)('the cluster of %s', (name) => {
  const folder = join(directory, name);

  test('reads as it did, namespace by namespace', async () => {
    const { texts } = await renderedCluster(name, shown);
    const namespaces = [...new Set(Object.keys(texts).map((file) => file.split('/')[0] ?? ''))].sort();
    for (const namespace of namespaces) {
      const own = Object.entries(texts).filter(([file]) => file.startsWith(`${namespace}/`));
      const sheets = own.map(
        ([file, text]) => `# ${file.replace(/-[0-9a-f]{10}\./, '-<hash>.')}\n${shownObject(text)}`,
      );
      expectFile(join(folder, `${namespace}.txt`), sheets.join('---\n'));
    }
    expectFiles(
      folder,
      namespaces.map((namespace) => `${namespace}.txt`),
    );
  });
});
