import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { yamlOf, type Plain, type PlainObject } from '../../lib/kubernetes/yaml';

/** What the library writes of it. */
const byLibrary = (value: PlainObject): string => stringify(value, { version: '1.1', lineWidth: 0 });

/** Texts that mean something in YAML where they are not quoted. */
const odd = fc.oneof(
  fc.constantFrom('y', 'No', 'on', 'true', 'null', '~', '', ' ', '-', '?', '---', '...', '%', '010', '1_000', '1:30'),
  fc.constantFrom(
    '0x1f',
    '.inf',
    '1e3',
    '2026-01-01',
    '<<',
    '=',
    '*a',
    '&a',
    '!a',
    '# a',
    'a # b',
    'a: b',
    'a:',
    '- a',
  ),
  fc.constantFrom(
    '[a]',
    '{a}',
    'a, b',
    `'`,
    '"',
    `it's`,
    '"so"',
    '\\',
    '\t',
    'a\tb',
    '\u0007',
    '\u0085',
    '\u2028',
    'é',
  ),
  fc.constantFrom('a\nb', 'a\nb\n', 'a\n\nb\n\n', '\na', '  a\n b', 'a \nb', 'a\n ', '\n', '# a\n  b: c\n', '---\na\n'),
);
const words = fc.array(fc.oneof(odd, fc.string({ maxLength: 60 })), { minLength: 1, maxLength: 4 });
/** Without `<<`, which the library takes for a merge, though it is a text. */
const anyText = fc
  .oneof(
    odd,
    fc.string(),
    words.map((all) => all.join(' ')),
    words.map((all) => all.join('\n')),
  )
  .filter((text) => text !== '<<');
const { anyObject } = fc.letrec<{ anyObject: PlainObject; anyValue: Plain }>((tie) => ({
  anyObject: fc.dictionary(anyText, tie('anyValue'), { maxKeys: 5 }),
  anyValue: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyText,
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((each) => !Object.is(each, -0)),
    ),
    fc.constantFrom(true, false, null),
    tie('anyObject'),
    fc.array(tie('anyValue'), { maxLength: 4 }),
  ),
}));

describe('an object as YAML', () => {
  test('is what the library writes of it', () => {
    fc.assert(
      fc.property(
        anyObject.filter((value) => Object.keys(value).length > 0),
        (value) => {
          expect(yamlOf(value)).toBe(byLibrary(value));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is silent of what is left open, as the library is', () => {
    const value = { a: undefined, b: { c: undefined }, d: [{ e: undefined, f: 1 }] };
    expect(yamlOf(value)).toBe('b: {}\nd:\n  - f: 1\n');
    expect(yamlOf(value)).toBe(byLibrary(value));
  });

  test('is read as it was given', () => {
    const value = {
      metadata: { labels: { on: 'y', off: 'no', '<<': '<<' }, annotations: {} },
      spec: [{ script: '#!/bin/sh\n\n  echo "a: b"\n', args: [[], ['-c', '010']], count: 1.5, none: null }],
    };
    expect(parse(yamlOf(value), { version: '1.1' })).toEqual(value);
  });
});
