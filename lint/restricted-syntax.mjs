// @ts-check

/**
 * Refuses whatever a selector finds, with its message.
 *
 * @type {import('@oxlint/plugins').Rule}
 */
export default {
  meta: {
    type: 'suggestion',
    schema: [
      {
        type: 'array',
        items: {
          type: 'object',
          properties: { selector: { type: 'string' }, message: { type: 'string' } },
          required: ['selector', 'message'],
          additionalProperties: false,
        },
      },
    ],
  },

  create(context) {
    const [restrictions = []] = /** @type {[{ selector: string, message: string }[]?]} */ (context.options);
    return Object.fromEntries(
      restrictions.map(({ message, selector }) => [
        selector,
        (/** @type {any} */ node) => context.report({ node, message }),
      ]),
    );
  },
};
