// @ts-check
import constructorSignature from './constructor-signature.mjs';
import disabledRule from './disabled-rule.mjs';
import importDirection from './import-direction.mjs';
import leafImport from './leaf-import.mjs';
import restrictedSyntax from './restricted-syntax.mjs';

/** The rules of this repository. */
export default {
  meta: { name: 'mainstay' },
  rules: {
    'constructor-signature': constructorSignature,
    'disabled-rule': disabledRule,
    'import-direction': importDirection,
    'leaf-import': leafImport,
    'restricted-syntax': restrictedSyntax,
  },
};
