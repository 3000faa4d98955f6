'use strict';

// Globals of the CRM's pages.
const crm = { define: 'readonly', APP: 'readonly', AMOCRM: 'readonly' };

const browser = {
  console: 'readonly',
  document: 'readonly',
  fetch: 'readonly',
  setTimeout: 'readonly',
  clearTimeout: 'readonly',
  URL: 'readonly',
  URLSearchParams: 'readonly',
  window: 'readonly',
};

module.exports = [
  {
    files: ['widget/**/*.js'],
    languageOptions: { ecmaVersion: 2020, sourceType: 'script', globals: { ...crm, ...browser } },
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      'no-undef': 'error',
      'no-unused-vars': ['error', { args: 'none' }],
      eqeqeq: 'error',
    },
  },
];
