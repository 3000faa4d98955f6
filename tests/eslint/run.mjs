// Runs ESLint: {case/path: text} on standard input, {case/path: ["line:column rule: message", ...]} on standard output.

import js from '@eslint/js';
import stylistic from '@stylistic/eslint-plugin';
import { Linter } from 'eslint';
import globals from 'globals';
import rules from './rules.js';
import vendor from './vendor.js';

const CONFIG = [
  js.configs.recommended,
  {
    plugins: { '@stylistic': stylistic, kommo: { rules } },
    languageOptions: { ecmaVersion: 2020, sourceType: 'script' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: vendor,
  },
  {
    files: ['widget/**'],
    languageOptions: { globals: { ...globals.browser, define: 'readonly', APP: 'readonly' } },
  },
  { files: ['tests/**'], languageOptions: { globals: globals.node } },
];

const linter = new Linter({ configType: 'flat' });
const findings = (name, text) =>
  linter.verify(text, CONFIG, name.slice(name.indexOf('/') + 1)).map((f) => `${f.line}:${f.column} ${f.ruleId}: ${f.message}`);

const chunks = [];
for await (const chunk of process.stdin) {
  chunks.push(chunk);
}
const scripts = Object.entries(JSON.parse(Buffer.concat(chunks)));
process.stdout.write(JSON.stringify(Object.fromEntries(scripts.map(([name, text]) => [name, findings(name, text)]))));
