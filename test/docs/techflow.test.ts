import { existsSync, readFileSync } from 'node:fs';
import { clusterWorld, siteWorld } from '../platforms/support/worlds';

const page = readFileSync('docs/platforms/techflow.md', 'utf8');
interface PageRow {
  readonly resource: string;
  readonly file: string;
}

const rows = page.split('\n').flatMap((line): readonly PageRow[] => {
  const [, resource, file] = /^\| [^|]+ \| `([^`]+)`[^|]*\| `([^`]+)`/.exec(line) ?? [];
  return resource === undefined || file === undefined ? [] : [{ resource, file }];
});

test('the page names a resource and a file for each row', () => {
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.flatMap(({ file }) => (existsSync(file) ? [] : [file]))).toEqual([]);
});

test('every resource on the page is synthesized', async () => {
  const worlds = [siteWorld('techflow', 'production'), await clusterWorld('techflow', 'production')];
  const paths = worlds.flatMap((world) => world.ofType('*').map(({ path }) => path));
  const missing = rows.filter(
    ({ resource }) => !paths.some((path) => path === resource || path.startsWith(`${resource}/`)),
  );
  expect(missing.map(({ resource }) => resource)).toEqual([]);
});
