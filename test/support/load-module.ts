import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';

const builtin = createRequire(__filename);

/** Loads modules as {@link loadModule} does, each once. */
export function moduleLoader(packages: Readonly<Record<string, unknown>>): (file: string) => unknown {
  const known = new Map<string, { readonly exports: unknown }>();
  const load = (path: string): unknown => {
    const loading = known.get(path) ?? { exports: {} };
    if (known.has(path)) return loading.exports;
    known.set(path, loading);
    const code = transpile(readFileSync(path, 'utf8'), { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 });
    const carried = (name: string): unknown => {
      if (name.startsWith('.')) return load(join(dirname(path), name));
      if (isBuiltin(name)) return builtin(name) as unknown;
      if (name in packages) return packages[name];
      throw new Error(`${path} imports ${name}, which the runtime does not carry`);
    };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- The file is the project's own.
    const run = new Function('require', 'module', 'exports', code) as (...names: readonly unknown[]) => void;
    run(carried, loading, loading.exports);
    return loading.exports;
  };
  return load;
}

/**
 * Loads an ES module of JavaScript as Lambda would run it, with the files that it imports and the packages that its runtime carries
 * given.
 */
export const loadModule = <Exports>(file: string, packages: Readonly<Record<string, unknown>>): Exports =>
  moduleLoader(packages)(file) as Exports;
