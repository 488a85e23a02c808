import { existsSync, readFileSync } from 'node:fs';
import { stagesOn } from '../../bin/inputs';
import { Graph } from '../platforms/support/graph';
import { clusterWorld, siteWorld } from '../platforms/support/worlds';
import { synthesized } from '../support/assembly';

interface PageRow {
  readonly resource: string;
  readonly file: string;
}

/** What stands on AWS, if anything does. */
const onAws = (name: string): readonly string[] =>
  stagesOn(name, 'aws').includes('production')
    ? new Graph(synthesized(name, 'production').assembly).blocks.map(({ path }) => path)
    : [];

describe.each(['retailflow', 'retailflow-azure', 'techflow'])('the page of %s', (name) => {
  const page = readFileSync(`docs/platforms/${name}.md`, 'utf8');
  const rows = page.split('\n').flatMap((line): readonly PageRow[] => {
    const [, resource, file] = /^\| [^|]+ \| `([^`]+)`[^|]*\| `([^`]+)`/.exec(line) ?? [];
    return resource === undefined || file === undefined ? [] : [{ resource, file }];
  });

  test('names a resource and a file for each row', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.flatMap(({ file }) => (existsSync(file) ? [] : [file]))).toEqual([]);
  });

  test('names nothing that is not synthesized', async () => {
    const worlds = [siteWorld(name, 'production'), await clusterWorld(name, 'production')];
    const paths = [...onAws(name), ...worlds.flatMap((world) => world.ofType('*').map(({ path }) => path))];
    const missing = rows.filter(
      ({ resource }) => !paths.some((path) => path === resource || path.startsWith(`${resource}/`)),
    );
    expect(missing.map(({ resource }) => resource)).toEqual([]);
  });
});
