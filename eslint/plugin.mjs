// @ts-check
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import constructorSignature from './constructor-signature.mjs';
import importDirection from './import-direction.mjs';
import noImportCycle from './no-import-cycle.mjs';

const sources = createHash('sha256');
for (const file of readdirSync(import.meta.dirname).sort()) {
  sources.update(readFileSync(path.join(import.meta.dirname, file)));
}

/**
 * The rules of this repository. The version follows their source, because ESLint's cache holds until it changes.
 *
 * @type {import('eslint').ESLint.Plugin}
 */
export default {
  meta: { name: 'mainstay', version: sources.digest('hex') },
  rules: {
    'constructor-signature': constructorSignature,
    'import-direction': importDirection,
    'no-import-cycle': noImportCycle,
  },
};
