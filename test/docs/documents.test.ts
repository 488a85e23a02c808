import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../bin/inputs';
import { scripts } from '../../package.json';

const folder = join(root, 'docs');
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].map((file) => join(root, file)),
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file)),
];
const read = (file: string): string => readFileSync(file, 'utf8');

/** What stands between fences is no link and no heading. */
const prose = (text: string): string => text.replaceAll(/^( *)```.*?^\1```/gms, '');

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (file: string): readonly string[] =>
  [...prose(read(file)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Why a link leads nowhere; nothing if it does lead somewhere. */
function broken(from: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(target)) return 'no such file';
  if (anchor === undefined) return undefined;
  return statSync(target).isFile() && anchorsOf(target).includes(anchor) ? undefined : 'no such heading';
}

/** What a pattern finds in every document, with the document. */
const found = (pattern: RegExp, within = (text: string) => text) =>
  documents.flatMap((file) =>
    [...within(read(file)).matchAll(pattern)].map(([, text = '']) => ({ file: file.slice(root.length + 1), text })),
  );

/** Rooms whose files documents name from the root. */
const rooms = 'bench|bin|docs|drill|examples|lib|lint|platforms|scripts|stacks|test';

describe('documents', () => {
  test('link to files and headings that are there', () => {
    const links = found(/\]\((?![a-z]+:)([^)\s]+)\)/g, prose);
    expect(links.length).toBeGreaterThan(200);
    expect(links.filter(({ file, text }) => broken(join(root, file), text) !== undefined)).toEqual([]);
  });

  test('name scripts that are there', () => {
    const called = found(/\bnpm run (?:-s |--silent )?([a-z][a-z:]*)/g);
    expect(called.length).toBeGreaterThan(100);
    expect(called.filter(({ text }) => !Object.hasOwn(scripts, text))).toEqual([]);
  });

  test('name files of the repository that are there', () => {
    const named = found(new RegExp(`(?<![\\w./-])((?:${rooms})/[\\w./-]+\\.(?:ts|json|md|mjs|sh))\\b`, 'g'));
    expect(named.length).toBeGreaterThan(250);
    expect(named.filter(({ text }) => !existsSync(join(root, text)))).toEqual([]);
  });
});
