import { readFileSync } from 'node:fs';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';

/**
 * Loads an ES module of JavaScript as Lambda would run it, with the packages that its runtime carries given.
 */
export function loadModule<Exports>(file: string, packages: Readonly<Record<string, unknown>>): Exports {
  const code = transpile(readFileSync(file, 'utf8'), { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 });
  const carried = (name: string): unknown => {
    if (name in packages) return packages[name];
    throw new Error(`${file} imports ${name}, which the runtime does not carry`);
  };
  const loaded = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- The file is the project's own.
  const run = new Function('require', 'module', 'exports', code) as (...names: readonly unknown[]) => void;
  run(carried, loaded, loaded.exports);
  return loaded.exports as Exports;
}
