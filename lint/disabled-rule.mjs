// @ts-check

const DIRECTIVE = /^\s*(?:eslint|oxlint)-(?:disable|enable)(?:-(?:next-)?line)?\b(?<rest>[\s\S]*)$/;

/**
 * A comment that disables a rule names the rule and says why, after ` -- `.
 *
 * @type {import('@oxlint/plugins').Rule}
 */
export default {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      unlimited: 'Name the rules that are disabled here: without a name, all are.',
      unexplained: 'Say why, after the names of the rules: `-- <reason>`.',
    },
  },

  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const rest = DIRECTIVE.exec(comment.value)?.groups?.['rest'];
          if (rest === undefined) continue;
          const [names = '', reason = ''] = rest.split(/\s-{2,}\s/);
          if (names.trim() === '') context.report({ node: comment, messageId: 'unlimited' });
          if (reason.trim() === '') context.report({ node: comment, messageId: 'unexplained' });
        }
      },
    };
  },
};
