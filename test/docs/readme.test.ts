import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformNames, root, stagesOn } from '../../bin/inputs';
import { synthesizedSite } from '../support/azure-site';
import { synthesized } from '../support/assembly';
import { codeIn, tableWith } from '../support/document-tables';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** Code of the first column of a table, sorted. */
const listed = (heading: string): readonly string[] =>
  tableWith(readme, heading)
    .flatMap((row) => codeIn(row[heading] ?? ''))
    .sort();

/** The stacks of every platform on a cloud in production, once each, without the names of the platform and of a second site. */
const stacksOn = (cloud: 'aws' | 'azure', stacksOf: (name: string) => readonly string[]): readonly string[] => {
  const names = platformNames().filter((name) => stagesOn(name, cloud).includes('production'));
  const words = names.flatMap((name) =>
    stacksOf(name).map((stack) =>
      stack
        .slice(`${name}-production-`.length)
        .replace(/^(Service|Journeys)-.*/, '$1-…')
        .replace(/^recovery-/, ''),
    ),
  );
  return [...new Set(words)].sort();
};

describe('the README', () => {
  test('lists every stack of CloudFormation, and none that no platform has', () => {
    expect(listed('stack on AWS')).toEqual(
      stacksOn('aws', (name) => synthesized(name, 'production').assembly.stacks.map((stack) => stack.name)),
    );
  });

  test('lists every stack of Terraform, and none that no platform has', () => {
    expect(listed('stack of Terraform')).toEqual(
      stacksOn('azure', (name) => synthesizedSite(name, 'production').site.stacks.map((stack) => stack.name)),
    );
  });

  test('lists every platform that has a page, with its page', () => {
    const rows = tableWith(readme, 'platform').map(({ platform = '' }) => platform);
    expect([...rows].sort()).toEqual(
      readdirSync(join(root, 'docs/platforms'))
        .map((file) => `[\`${file.slice(0, -'.md'.length)}\`](docs/platforms/${file})`)
        .sort(),
    );
  });
});
