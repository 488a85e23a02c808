import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Package {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type Packages = Readonly<Record<string, Package>>;

const read = (file: string): unknown => JSON.parse(readFileSync(path.resolve(__dirname, '../..', file), 'utf8'));
const { dependencies, devDependencies, optionalDependencies } = read('package.json') as Package;
const { packages } = read('package-lock.json') as { readonly packages: Packages };

/**
 * Dependencies that the lockfile does not hold, as `<folder> needs <name>`. npm leaves out an optional binary that its
 * registry lacks at that moment, and `npm ci` then refuses the lockfile on every machine.
 */
function missing(locked: Packages): string[] {
  return Object.entries(locked).flatMap(([folder, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.devDependencies, ...entry.optionalDependencies })
      .filter((name) => !foldersAbove(folder).some((above) => `${above}node_modules/${name}` in locked))
      .map((name) => `${folder} needs ${name}`),
  );
}

/** Where Node looks for a package's dependencies: `''` and every folder on the way, each with its slash. */
function foldersAbove(folder: string): string[] {
  const parts = folder === '' ? [] : folder.split(/\/?node_modules\//).slice(1);
  return [
    '',
    ...parts.map((_, index) =>
      parts
        .slice(0, index + 1)
        .map((part) => `node_modules/${part}/`)
        .join(''),
    ),
  ];
}

describe('the dependencies', () => {
  test.each(Object.entries({ ...dependencies, ...devDependencies }))('%s has an exact version', (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test.each(Object.entries(optionalDependencies ?? {}))('%s has an exact version, or a prerelease', (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/);
  });

  test('are locked for every operating system', () => {
    expect(missing(packages)).toEqual([]);
  });

  test('are locked by their content, and to no registry', () => {
    const installed = Object.entries(packages).filter(([folder]) => folder !== '');
    expect(installed.length).toBeGreaterThan(0);
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(installed.filter(([, { integrity, inBundle }]) => integrity === undefined && !inBundle)).toEqual([]);
  });

  test('fails when an optional binary is not locked', () => {
    const { 'node_modules/@esbuild/darwin-arm64': left, ...rest } = packages;
    expect(left).toBeDefined();
    expect(missing(rest)).toEqual(['node_modules/esbuild needs @esbuild/darwin-arm64']);
  });

  test('fails when a nested dependency is not locked', () => {
    const nested = { 'node_modules/a': {}, 'node_modules/a/node_modules/@x/b': { dependencies: { c: '1.0.0' } } };
    expect(missing({ ...nested, 'node_modules/a/node_modules/c': {} })).toEqual([]);
    expect(missing(nested)).toEqual(['node_modules/a/node_modules/@x/b needs c']);
  });
});
