'use strict';
// Runs the TypeScript compiler: [{name, folder, files, options}] on standard input, {name: ["file(line): TSn message",
// ...]} on standard output. Files of many projects, such as the language's own declarations, are read once.

const path = require('node:path');
const ts = require('typescript');

const shared = new Map();

function hostOf(options) {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (file, ...more) => {
    if (!file.includes('/node_modules/')) {
      return read(file, ...more);
    }
    if (!shared.has(file)) {
      shared.set(file, read(file, ...more));
    }
    return shared.get(file);
  };
  return host;
}

function check({ folder, files, options, extra = [] }) {
  const given = ts.convertCompilerOptionsFromJson(options, folder);
  const all = { ...given.options, noEmit: true, allowJs: true };
  const program = ts.createProgram([...files.map((file) => path.resolve(folder, file)), ...extra], all, hostOf(all));
  return [...given.errors, ...ts.getPreEmitDiagnostics(program)].map(described);
}

function described({ file, start, code, messageText }) {
  const line = file ? ts.getLineAndCharacterOfPosition(file, start).line + 1 : 0;
  const message = ts.flattenDiagnosticMessageText(messageText, ' ');
  return `${file ? file.fileName : ''}(${line}): TS${code} ${message}`;
}

const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
  const jobs = JSON.parse(Buffer.concat(chunks));
  process.stdout.write(JSON.stringify(Object.fromEntries(jobs.map((job) => [job.name, check(job)]))));
});
