// @ts-check

/**
 * Visits whatever brings another module in: static, dynamic and type imports, exports from elsewhere, and require.
 *
 * @param {(source: import('@oxlint/plugins').ESTree.Node, specifier: string) => void} visit
 * @returns {import('@oxlint/plugins').Visitor}
 */
export function onImport(visit) {
  /** @param {any} source */
  const check = (source) => {
    if (source?.type === 'Literal' && typeof source.value === 'string') visit(source, source.value);
  };
  return {
    ImportDeclaration: (node) => check(node.source),
    ExportNamedDeclaration: (node) => check(node.source),
    ExportAllDeclaration: (node) => check(node.source),
    ImportExpression: (node) => check(node.source),
    TSImportType: (/** @type {any} */ node) => check(node.source),
    TSExternalModuleReference: (/** @type {any} */ node) => check(node.expression),
    'CallExpression[callee.name="require"]': (/** @type {any} */ node) => check(node.arguments[0]),
  };
}
