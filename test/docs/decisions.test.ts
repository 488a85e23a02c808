import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dependencies, devDependencies, optionalDependencies } from '../../package.json';

const folder = resolve(__dirname, '../../docs/adr');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const decisions = readdirSync(folder).filter((file) => /^\d{4}-.*\.md$/.test(file));
const sections = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('## '));

describe('decisions', () => {
  test('are listed, each once, in the order of their numbers', () => {
    const listed = [...read('README.md').matchAll(/\]\((\d{4}-[^)]*\.md)\)/g)].map(([, file]) => file);
    expect(listed).toEqual([...new Set(listed)].sort());
    expect(decisions.filter((file) => !listed.includes(file))).toEqual([]);
  });

  test('have numbers of their own, and say them', () => {
    const numbers = decisions.map((file) => file.slice(0, 4));
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const file of decisions) expect(read(file)).toMatch(new RegExp(`^# 0*${Number(file.slice(0, 4))}\\. `));
  });

  test.each(decisions.filter((file) => file < '0010'))('%s weighs options before it decides', (file) => {
    expect(sections(read(file))).toEqual(['## Context', '## Options', '## Decision', '## Consequences']);
  });
});

describe('dependencies', () => {
  const rows = [...read('0005-dependencies.md').matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)];
  const installed = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });

  test('each have a line that says what they are used for, and no line is left of another', () => {
    expect(rows.map(([, name]) => name).sort()).toEqual([...installed].sort());
    expect(rows.filter(([, , use = '']) => use.length < 10)).toEqual([]);
  });

  test('have one exact version', () => {
    const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(ranges).toEqual([]);
  });
});
