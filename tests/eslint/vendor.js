'use strict';
// The rules that the vendor's own configuration turns on for scripts: `base` of @kommo-crm/eslint-config, and those of
// its `typescript` that also apply to .js files, by ESLint's own rules of the same effect.
//
// Read on 2026-11-26 in its repository, https://github.com/kommo-crm/linting at a8019d03 (2026-07-30); the package is
// not in a registry. Left out: `prettier/prettier`, which breaks lines as the formatter computes them, and
// `kommo/no-export-all`, which is about ES modules. The two others of its plugin are in rules.js.

/** Rules without options. */
const PLAIN = [
  'array-callback-return', 'block-spacing', 'curly', 'dot-notation', 'new-cap', 'new-parens', 'no-alert',
  'no-array-constructor', 'no-bitwise', 'no-const-assign', 'no-redeclare', 'no-use-before-define',
  'no-caller', 'no-case-declarations', 'no-constant-binary-expression', 'no-else-return', 'no-empty-function',
  'no-eq-null', 'no-eval', 'no-extra-bind', 'no-extra-label', 'no-floating-decimal', 'no-implicit-coercion',
  'no-implied-eval', 'no-lone-blocks', 'no-lonely-if', 'no-loop-func', 'no-multi-spaces', 'no-multi-str',
  'no-negated-condition', 'no-nested-ternary', 'no-new-func', 'no-new-object', 'no-new-wrappers', 'no-proto',
  'no-script-url', 'no-self-compare', 'no-sequences', 'no-shadow-restricted-names', 'no-tabs', 'no-throw-literal',
  'no-undef-init', 'no-unneeded-ternary', 'no-unreachable', 'no-unused-expressions', 'no-useless-call',
  'no-useless-concat', 'no-useless-escape', 'no-useless-return', 'no-var', 'operator-assignment', 'prefer-const',
  'prefer-rest-params',
  ...[
    'comma-spacing', 'comma-style', 'computed-property-spacing', 'key-spacing', 'keyword-spacing',
    'no-mixed-spaces-and-tabs', 'no-multiple-empty-lines', 'no-trailing-spaces', 'no-whitespace-before-property',
    'semi', 'semi-spacing', 'space-before-blocks', 'space-infix-ops', 'switch-colon-spacing',
  ].map((name) => '@stylistic/' + name),
];

const VARIABLES = ['const', 'let', 'var'];

/** [padding, before, after] of `padding-line-between-statements`; the last entry that matches decides. */
const BLANK_LINES = [
  ['always', '*', 'return'],
  ['always', VARIABLES, '*'],
  ['any', VARIABLES, VARIABLES],
  ['always', 'directive', '*'],
  ['any', 'directive', 'directive'],
  ['always', 'block-like', '*'],
  ['always', 'multiline-block-like', '*'],
  ['always', '*', 'multiline-block-like'],
  ['always', ['break', 'return'], ['case', 'default']],
];

const MAX_COLUMNS = 120;
const MAX_COMMENT_COLUMNS = 90;

/** Rules with options. `no-console` has no exceptions here: the marketplace's checklist forbids all output. */
const WITH_OPTIONS = {
  'no-console': [],
  'arrow-body-style': ['always'],
  'brace-style': ['1tbs', { allowSingleLine: true }],
  'comma-dangle': ['only-multiline'],
  'dot-location': ['property'],
  'eqeqeq': ['smart'],
  'func-name-matching': ['always'],
  'id-length': [{ min: 1, max: 50, properties: 'always' }],
  'max-depth': [{ max: 4 }],
  'max-len': [{
    code: MAX_COLUMNS, comments: MAX_COMMENT_COLUMNS,
    ignoreStrings: true, ignoreRegExpLiterals: true, ignoreTemplateLiterals: true, ignoreUrls: true,
  }],
  'max-nested-callbacks': [{ max: 3 }],
  'max-params': [{ max: 5 }],
  'max-statements-per-line': [{ max: 2 }],
  'no-constant-condition': [{ checkLoops: false }],
  'no-shadow': [{ allow: ['require'] }],
  'no-unused-vars': [{ argsIgnorePattern: '^_' }],
  'no-extend-native': [{ exceptions: ['Object'] }],
  'no-fallthrough': [{ allowEmptyCase: true }],
  'radix': ['as-needed'],
  'unicode-bom': ['never'],
  'wrap-iife': ['inside'],
  'yoda': ['never'],
  '@stylistic/linebreak-style': ['unix'],
  '@stylistic/object-curly-spacing': ['always'],
  '@stylistic/one-var-declaration-per-line': ['initializations'],
  '@stylistic/operator-linebreak': ['after', { overrides: { '?': 'before', ':': 'before' } }],
  '@stylistic/padded-blocks': ['never'],
  '@stylistic/padding-line-between-statements': BLANK_LINES.map(([blankLine, prev, next]) => ({ blankLine, prev, next })),
  '@stylistic/quote-props': ['consistent'],
  '@stylistic/quotes': ['single', { avoidEscape: true }],
  '@stylistic/semi-style': ['last'],
  '@stylistic/space-unary-ops': [{ words: true, nonwords: false }],
  '@stylistic/spaced-comment': ['always', { block: { balanced: true } }],
  'kommo/no-restricted-syntax': [{
    selector: ':function > ObjectPattern',
    message: 'A parameter is not taken apart in the list of parameters.',
  }],
  'kommo/no-incorrect-jsdoc-comments': [],
};

module.exports = Object.fromEntries([
  ...PLAIN.map((name) => [name, 'error']),
  ...Object.entries(WITH_OPTIONS).map(([name, options]) => [name, ['error', ...options]]),
]);
