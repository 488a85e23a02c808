import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { keeperCommand } from '../../lib/platform/keeper-process';

const root = path.resolve(__dirname, '../..');
const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const dockerfile = text('Dockerfile');
const { dependencies, engines } = JSON.parse(text('package.json')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
};

/** What a file of TypeScript loads when it runs, at once or later: types alone are gone by then. */
const loadedBy = (source: string): readonly string[] =>
  [
    ...source.matchAll(/^(?:import|export)(?! type\b)[^;]*?\bfrom '([^']+)'/gm),
    ...source.matchAll(/^import '([^']+)'/gm),
    ...source.matchAll(/\b(?:import|require)\('([^']+)'\)/g),
  ].map(([, name = '']) => name);

/** Every file that programs load, and every package. */
function closureOf(programs: readonly string[]): {
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
} {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    if (!file.endsWith('.ts')) return;
    for (const name of loadedBy(text(file))) {
      if (name.startsWith('.')) {
        const wanted = path.join(path.dirname(file), name);
        const found = [wanted, `${wanted}.ts`, `${wanted}/index.ts`].find(
          (each) => existsSync(path.join(root, each)) && path.extname(each) !== '',
        );
        if (found === undefined) throw new Error(`${file} loads ${name}, which is nowhere`);
        visit(found);
      } else if (!isBuiltin(name)) {
        packages.add(
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        );
      }
    }
  };
  programs.forEach(visit);
  return { files, packages };
}

const programs = [
  'bin/keeper.ts',
  'bin/failover.ts',
  'bin/release-weights.ts',
  'bin/ledger-digest.ts',
  'bin/ledger-verification.ts',
  'bin/flag-rollout.ts',
  'bin/load-result.ts',
  'bin/sql-contents.ts',
  ...readdirSync(path.join(root, 'platforms'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `platforms/${file}`),
];
const { files, packages } = closureOf(programs);
const removed = [...dockerfile.matchAll(/'?dependencies\.([^'\s]+)'?/g)].map(([, name = '']) => name);

describe('the image of recovery', () => {
  test('has every package that its programs load, and not those that only synthesize', () => {
    expect(removed.length).toBeGreaterThan(5);
    expect(removed.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
    expect(removed.filter((name) => packages.has(name))).toEqual([]);
    // What starts them is loaded by no import.
    expect(
      Object.keys(dependencies)
        .filter((name) => !removed.includes(name))
        .sort(),
    ).toEqual([...packages, 'tsx'].sort());
  });

  test('has every file that its programs load', () => {
    const kept = text('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    expect(kept.filter((entry) => !existsSync(path.join(root, entry)))).toEqual([]);
    expect([...files].filter((file) => !kept.some((entry) => file === entry || file.startsWith(`${entry}/`)))).toEqual(
      [],
    );
    expect(kept).toEqual(expect.arrayContaining(['allocations', 'outputs', 'tsconfig.json']));
    expect(kept).not.toContain('releases');
  });

  test('starts programs that are there, as nobody of consequence, on an exact version of Node that they can do with', () => {
    expect(keeperCommand({ name: 'shop', stageName: 'production' }, 'primary')).toContain('bin/keeper.ts');
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    const [, version = ''] =
      /^ARG NODE=public\.ecr\.aws\/docker\/library\/node:(\d+\.\d+\.\d+)-alpine\d+\.\d+$/m.exec(dockerfile) ?? [];
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)?.[0]));
    expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)).toEqual(['${NODE}', '${NODE}']);
  });
});
