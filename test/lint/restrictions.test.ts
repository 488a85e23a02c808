import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import config from '../../.oxlintrc.json';
import { CLEAN, PLANTS } from './plants';

const ROOT = path.resolve(__dirname, '../..');

/** The packages whose types the plants use, and those that stand for greater ones, which would take seconds to read. */
const PACKAGES = ['@types/node', 'constructs', 'ipaddr.js'];
const STAND_INS = {
  '@jest/globals': 'export declare const test: { only(name: string, run: () => void): void };',
  '@pulumi/pulumi': `export type Inputs = Readonly<Record<string, unknown>>;
export type ComponentResourceOptions = object;
export declare class ComponentResource {
  constructor(type: string, name: string, args?: Inputs, opts?: ComponentResourceOptions);
}`,
  'aws-cdk-lib': "import { Construct } from 'constructs';\nexport declare class Stack extends Construct {}",
};

/** The linter's JSON report, as far as it is read here. */
interface Report {
  readonly diagnostics: readonly { readonly filename: string; readonly code?: string; readonly message: string }[];
}

/** Writes files into a new repository and runs this repository's linter over it: the rules that each file breaks. */
function lint(directory: string, files: Readonly<Record<string, string>>): Map<string, readonly string[]> {
  for (const name of PACKAGES) {
    const link = path.join(directory, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules', name), link);
  }
  for (const [name, types] of Object.entries(STAND_INS)) {
    mkdirSync(path.join(directory, 'node_modules', name), { recursive: true });
    writeFileSync(path.join(directory, 'node_modules', name, 'index.d.ts'), types);
  }
  writeFileSync(
    path.join(directory, 'tsconfig.json'),
    JSON.stringify({ extends: path.join(ROOT, 'tsconfig.json'), include: ['**/*'] }),
  );
  // Its patterns count from the place where it lies.
  const rules = { ...config, jsPlugins: config.jsPlugins.map((plugin) => path.resolve(ROOT, plugin)) };
  writeFileSync(path.join(directory, '.oxlintrc.json'), JSON.stringify(rules));
  mkdirSync(path.join(directory, 'lib/platform'), { recursive: true });
  writeFileSync(
    path.join(directory, 'lib/platform/tsconfig.json'),
    JSON.stringify({ extends: path.join(ROOT, 'lib/platform/tsconfig.json'), include: ['**/*'] }),
  );
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
    writeFileSync(path.join(directory, file), text);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--format', 'json'],
    { cwd: directory, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!stdout.startsWith('{')) throw new Error(`the linter did not report: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as Report;
  const broken = new Map(Object.keys(files).map((file) => [file, new Set<string>()]));
  for (const { code, filename, message } of diagnostics) {
    if (!NOT_THERE.test(code ?? '')) broken.get(filename)?.add(nameOf(code) ?? message);
  }
  return new Map([...broken].map(([file, rules]) => [file, [...rules]]));
}

/** What the compiler says of an import whose target a plant does without. */
const NOT_THERE = /TS(2307|2498|2834)/;

/** `max-lines` of `eslint(max-lines)`, and `mainstay/import-direction` of `mainstay(import-direction)`. */
const nameOf = (code: string | undefined): string | undefined =>
  code?.replace(/^eslint\((.*)\)$/, '$1').replace(/^(.*)\((.*)\)$/, '$1/$2');

describe('the rules of the house', () => {
  // macOS gives out a symbolic link, and a resolved import would then be outside of the directory.
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'mainstay-lint-')));
  let broken: ReturnType<typeof lint>;

  beforeAll(() => {
    broken = lint(directory, { ...CLEAN, ...Object.fromEntries(PLANTS.map(({ file, text }) => [file, text])) });
  }, 120_000);

  test.each(PLANTS)('fails when $when', ({ file, rule }) => {
    expect(broken.get(file)).toEqual([rule]);
  });

  test.each(Object.keys(CLEAN))('passes %s', (file) => {
    expect(broken.get(file)).toEqual([]);
  });

  test('has a file of its own for every plant', () => {
    expect(broken.size).toBe(PLANTS.length + Object.keys(CLEAN).length);
  });
});
