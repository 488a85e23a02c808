// @ts-check
import path from 'node:path';
import { onImport } from './on-import.mjs';
import { ROOMS } from './rooms.mjs';

/**
 * Imports go one way: bin → stacks → lib/<cloud> → lib/platform. Judges an import by its path alone, so that one whose
 * target does not exist is judged too.
 *
 * @type {import('@oxlint/plugins').Rule}
 */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      room: "'{{from}}' must not import '{{to}}': it may import {{allowed}}. Imports go bin → stacks → lib/<cloud> → lib/platform.",
      package: "'{{from}}' must not import the package '{{to}}': it may import {{allowed}} (lint/rooms.mjs).",
      homeless: "'{{from}}' is in no room: give its folder a row in lint/rooms.mjs.",
    },
  },

  create(context) {
    const file = fromRoot(context.cwd, context.filename);
    if (!file.includes('/')) return {}; // configuration at the root
    const room = roomOf(file);
    if (room === undefined) {
      return {
        Program: (node) => context.report({ node, messageId: 'homeless', data: { from: path.posix.dirname(file) } }),
      };
    }

    return onImport((source, specifier) => {
      const isPackage = !/^[./]/.test(specifier);
      const allowed = isPackage ? room.packages : room.rooms;
      const to = isPackage ? specifier : fromRoot(context.cwd, path.resolve(path.dirname(context.filename), specifier));
      if (allowed === 'any' || within(to, allowed) || (!isPackage && roomOf(to) === room)) return;
      context.report({
        node: source,
        messageId: isPackage ? 'package' : 'room',
        data: { from: room.path, to, allowed: allowed.join(', ') || 'nothing but itself' },
      });
    });
  },
};

/**
 * @param {string} root
 * @param {string} file
 */
function fromRoot(root, file) {
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
