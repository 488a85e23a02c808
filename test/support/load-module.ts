import { transformFileSync } from '@swc/core';

/**
 * Loads an ES module of JavaScript as Lambda would run it, with the packages that its runtime carries given. Jest itself
 * loads such a file only with experimental flags of Node.js.
 */
export function loadModule<Exports>(file: string, packages: Readonly<Record<string, unknown>>): Exports {
  const { code } = transformFileSync(file, {
    jsc: { parser: { syntax: 'ecmascript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    configFile: false,
    swcrc: false,
  });
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
