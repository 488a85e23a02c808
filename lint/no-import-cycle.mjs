// @ts-check
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { onImport } from './on-import.mjs';

/**
 * No file imports itself by way of others, be it for a type. Reads imports with TypeScript's scanner alone, without
 * parsing or resolving packages, since relative imports are all that can close a ring.
 *
 * @type {import('@oxlint/plugins').Rule}
 */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: { cycle: 'This import closes a ring: {{ring}}. Move what both need into a file below them.' },
  },

  create(context) {
    return onImport((source, specifier) => {
      const target = resolve(context.filename, specifier);
      const ring = target === undefined ? undefined : wayBack(target, context.filename);
      if (ring === undefined) return;
      const names = [context.filename, ...ring].map((file) => path.relative(context.cwd, file));
      context.report({ node: source, messageId: 'cycle', data: { ring: names.join(' → ') } });
    });
  },
};

/**
 * The shortest way from a file to another, both included.
 *
 * @param {string} from
 * @param {string} to
 * @returns {string[] | undefined}
 */
function wayBack(from, to) {
  const cameFrom = new Map([[from, /** @type {string | undefined} */ (undefined)]]);
  for (const file of cameFrom.keys()) {
    if (file === to) {
      const way = [];
      for (let step = /** @type {string | undefined} */ (to); step !== undefined; step = cameFrom.get(step))
        way.push(step);
      return way.reverse();
    }
    for (const next of importsOf(file)) if (!cameFrom.has(next)) cameFrom.set(next, file);
  }
  return undefined;
}

/** @type {Map<string, readonly string[]>} */
const imports = new Map();

/**
 * The files that a file imports, as they are on the disk.
 *
 * @param {string} file
 */
function importsOf(file) {
  const known = imports.get(file);
  if (known !== undefined) return known;
  const found = ts
    .preProcessFile(readFileSync(file, 'utf8'), true, true)
    .importedFiles.map(({ fileName }) => resolve(file, fileName))
    .filter((target) => target !== undefined);
  imports.set(file, found);
  return found;
}

/**
 * The file that a relative import means, or nothing for a package or a file that does not exist.
 *
 * @param {string} file
 * @param {string} specifier
 */
function resolve(file, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  const target = path.resolve(path.dirname(file), specifier);
  return [target, `${target}.ts`, path.join(target, 'index.ts')].find((candidate) =>
    statSync(candidate, { throwIfNoEntry: false })?.isFile(),
  );
}
