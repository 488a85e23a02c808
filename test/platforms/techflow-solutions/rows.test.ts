import { existsSync, readFileSync } from 'node:fs';
import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveNames, proveRows } from '../support/proof';
import { rows } from './rows';

const { blocks } = new Graph(synthesized('techflow-solutions', 'production').assembly);

proveRows(rows, World.of(blocks));
proveNames(rows);

describe('the page of TechFlow Solutions', () => {
  const page = readFileSync('docs/platforms/techflow-solutions.md', 'utf8');
  const named = [...page.matchAll(/^\| [^|]+ \| `([^`]+)`[^|]*\| `([^`]+)`/gm)];

  test('names a resource and a file for each row', () => {
    expect(named.length).toBeGreaterThan(25);
    expect(named.map(([, , file]) => file ?? '').filter((file) => !existsSync(file))).toEqual([]);
  });

  test('names nothing that is not synthesized', () => {
    const missing = named
      .map(([, resource]) => resource ?? '')
      .filter((resource) => !blocks.some(({ path }) => path === resource || path.startsWith(`${resource}/`)));
    expect(missing).toEqual([]);
  });
});
