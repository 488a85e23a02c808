// @ts-check
import path from 'node:path';
import { ROOMS } from './rooms.mjs';

/**
 * Imports go one way: bin → stacks → lib/<cloud> → lib/platform. Judges every static, dynamic and type import, export
 * and require by its path alone, so that an import whose target does not exist yet is judged too.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      room: "'{{from}}' must not import '{{to}}': it may import {{allowed}}. Imports go bin → stacks → lib/<cloud> → lib/platform.",
      package: "'{{from}}' must not import the package '{{to}}': it may import {{allowed}} (eslint/rooms.mjs).",
      homeless: "'{{from}}' is in no room: give its folder a row in eslint/rooms.mjs.",
    },
  },

  create(context) {
    const file = relativeToRoot(context.cwd, context.filename);
    if (!file.includes('/')) return {}; // configuration at the root
    const from = roomOf(file);
    if (from === undefined) {
      return {
        Program: (node) => context.report({ node, messageId: 'homeless', data: { from: path.posix.dirname(file) } }),
      };
    }

    /** @param {import('estree').Node | null | undefined} source */
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const report = (
        /** @type {string} */ messageId,
        /** @type {string} */ to,
        /** @type {readonly string[]} */ allowed,
      ) =>
        context.report({
          node: source,
          messageId,
          data: { from: from.path, to, allowed: allowed.join(', ') || 'nothing but itself' },
        });

      if (!/^[./]/.test(source.value)) {
        if (from.packages !== 'any' && !within(source.value, from.packages)) {
          report('package', source.value, from.packages);
        }
        return;
      }
      const target = relativeToRoot(context.cwd, path.resolve(path.dirname(context.filename), source.value));
      if (from.rooms !== 'any' && roomOf(target) !== from && !within(target, from.rooms)) {
        report('room', target, from.rooms);
      }
    };

    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      'CallExpression[callee.name="require"]': (/** @type {import('estree').CallExpression} */ node) =>
        check(/** @type {import('estree').Node | undefined} */ (node.arguments[0])),
      'TSImportEqualsDeclaration > TSExternalModuleReference': (/** @type {any} */ node) => check(node.expression),
      TSImportType: (/** @type {any} */ node) => check(node.source ?? node.argument?.literal),
    };
  },
};

/**
 * @param {string} root
 * @param {string} file
 */
function relativeToRoot(root, file) {
  return path.relative(root, file).split(path.sep).join('/');
}

/** @param {string} file */
function roomOf(file) {
  return ROOMS.filter((room) => within(file, [room.path])).sort((a, b) => b.path.length - a.path.length)[0];
}

/**
 * @param {string} name
 * @param {readonly string[]} parents
 */
function within(name, parents) {
  return parents.some((parent) => name === parent || name.startsWith(`${parent}/`));
}
