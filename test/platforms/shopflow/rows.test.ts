import { existsSync, readFileSync } from 'node:fs';
import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveNames, proveRows } from '../support/proof';
import { codeIn, tableWith } from '../../support/document-tables';
import { rows } from './rows';

const world = World.of(new Graph(synthesized('shopflow', 'production').assembly).blocks);

proveRows(rows, world);

proveNames(rows);

describe('the page of the platform', () => {
  const table = tableWith(readFileSync('docs/platforms/shopflow.md', 'utf8'), 'resource');

  test('names files that there are', () => {
    const files = table.flatMap(({ file = '' }) => codeIn(file));
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('names resources that are synthesized', () => {
    const paths = world.ofType('*').map(({ path }) => path);
    const resources = table.flatMap(({ resource = '' }) => codeIn(resource));
    expect(resources.filter((each) => !paths.some((path) => path === each || path.startsWith(`${each}/`)))).toEqual([]);
  });
});
