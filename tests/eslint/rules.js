'use strict';
// The two rules of the vendor's plugin that apply to plain scripts, rewritten from their description.

const { builtinRules } = require('eslint/use-at-your-own-risk');

/** A JSDoc comment opens and closes on lines of its own. */
const jsdocLines = {
  meta: { type: 'suggestion', schema: [], messages: { lines: 'JSDoc opens and closes on lines of its own.' } },
  create(context) {
    const check = (comment) => {
      const lines = comment.value.split('\n').map((line) => line.trim());
      if (comment.type === 'Block' && lines[0].startsWith('*') && (lines[0] !== '*' || lines.at(-1) !== '')) {
        context.report({ loc: comment.loc, messageId: 'lines' });
      }
    };
    return { Program: () => context.sourceCode.getAllComments().forEach(check) };
  },
};

module.exports = {
  'no-restricted-syntax': builtinRules.get('no-restricted-syntax'),
  'no-incorrect-jsdoc-comments': jsdocLines,
};
