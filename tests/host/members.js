'use strict';
// Lists which of the given members the fake CRM has: {folder, code, paths: ['self.render', ...]} on standard input,
// {<path>: null or {type, most}, ...} on standard output, and `own`, all members that it gives the widget.

const fs = require('node:fs');
const { Session } = require('./session');
const { base } = require('./widget');

async function main() {
  const { folder, code, paths } = JSON.parse(fs.readFileSync(0, 'utf8'));
  const session = new Session(folder, code, 'en', false);
  await session.enter({ area: 'lcard', callbacks: [], entity: 'leads', card: true, list: false }, 'usual');
  const roots = { self: { ...base(session), callbacks: {} }, APP: session.app() };
  const found = Object.fromEntries(paths.map((path) => [path, described(path, roots)]));
  process.stdout.write(JSON.stringify({ found, own: Object.keys(roots.self) }));
}

function described(path, roots) {
  try {
    const value = path.split('.').reduce((object, key) => object[key], roots);
    return value === undefined ? null : { type: typeof value, most: typeof value === 'function' ? value.length : 0 };
  } catch {
    return null;
  }
}

main();
