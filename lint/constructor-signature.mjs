// @ts-check

/** How a construct is made, by the class that it extends. The last parameter of a scope's construct may be left out. */
const SIGNATURES = [
  {
    bases: ['Construct', 'Stack', 'NestedStack', 'Stage', 'TerraformStack'],
    parameters: ['scope', 'id', 'props'],
    required: 2,
  },
  { bases: ['ComponentResource'], parameters: ['name', 'args', 'opts'], required: 3 },
];

/**
 * Every construct is made the same way, so that a reader of one has read them all: `(scope, id, props)` for AWS CDK and
 * cdktf, `(name, args, opts)` for Pulumi.
 *
 * @type {import('@oxlint/plugins').Rule}
 */
export default {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      missing: "A class that extends {{base}} has a constructor ({{expected}}), and '{{name}}' has none.",
      signature: 'The constructor of a class that extends {{base}} takes ({{expected}}), got ({{got}}).',
    },
  },

  create(context) {
    /** @param {any} node */
    const check = (node) => {
      const base = nameOf(node.superClass);
      const signature = SIGNATURES.find(({ bases }) => base !== undefined && bases.includes(base));
      if (signature === undefined) return;

      const data = { base: /** @type {string} */ (base), expected: signature.parameters.join(', ') };
      const constructor = node.body.body.find((/** @type {any} */ member) => member.kind === 'constructor');
      if (constructor === undefined) {
        context.report({ node, messageId: 'missing', data: { ...data, name: node.id?.name ?? 'this class' } });
        return;
      }
      /** @type {string[]} */
      const got = constructor.value.params.map(parameterName);
      const inOrder = got.every((name, index) => name === signature.parameters[index]);
      if (!inOrder || got.length < signature.required) {
        context.report({ node: constructor, messageId: 'signature', data: { ...data, got: got.join(', ') } });
      }
    };
    return { ClassDeclaration: check, ClassExpression: check };
  },
};

/**
 * The name of a base class: `Stack` of both `Stack` and `cdk.Stack`.
 *
 * @param {any} expression
 * @returns {string | undefined}
 */
function nameOf(expression) {
  return expression?.type === 'MemberExpression' ? expression.property.name : expression?.name;
}

/**
 * @param {any} parameter
 * @returns {string}
 */
function parameterName(parameter) {
  if (parameter.type === 'TSParameterProperty') return parameterName(parameter.parameter);
  if (parameter.type === 'AssignmentPattern') return parameterName(parameter.left);
  return parameter.name ?? `a ${parameter.type}`;
}
