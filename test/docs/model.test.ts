import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../bin/inputs';
import { uses } from '../../lib/platform/nouns/service';
import { azureSite } from '../../lib/platform/nouns/site';
import { platform } from '../../lib/platform/schema';
import { codeIn, tableWith } from '../support/document-tables';

const guide = readFileSync(join(root, 'docs/guides/model.md'), 'utf8');

/** The paragraph that a text stands in. */
const paragraphOf = (text: string): string => guide.split('\n\n').find((each) => each.includes(text)) ?? '';

describe('the guide to the model', () => {
  test('has a row for every noun, and none besides', () => {
    const rows = tableWith(guide, 'noun').flatMap(({ noun = '' }) => codeIn(noun));
    const { name, stage, ...nouns } = platform.shape;
    expect([name, stage]).not.toContain(undefined);
    expect([...rows].sort()).toEqual([...Object.keys(nouns), 'stages'].sort());
  });

  test('names every kind of use, and counts them', () => {
    const paragraph = paragraphOf('`uses` has');
    const kinds = Object.keys(uses.shape);
    expect(kinds).toHaveLength(20);
    expect(paragraph).toContain('`uses` has twenty kinds:');
    expect([...codeIn(paragraph)].sort()).toEqual(['uses', ...kinds].sort());
  });

  test('names everything that a recovery site may do without', () => {
    const waived = Object.keys(azureSite.shape.waives.unwrap().shape);
    expect(waived).toContain('flags');
    expect(waived.filter((each) => !codeIn(paragraphOf('in its `waives`')).includes(each))).toEqual([]);
  });
});
