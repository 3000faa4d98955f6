'use strict';
// A host that returns as little as is documented, unlike the strict one of run.js: nothing is found on the page, there
// are no texts, members that may return nothing do, and callbacks are called in an order of its own.
//
// Jobs as for run.js on standard input; for each a list of faults on standard output.

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const REQUIRED = ['render', 'init', 'bind_actions', 'onSave'];

const ENDS = { length: 0, then: undefined, [Symbol.toPrimitive]: () => '' };

/** Returns itself for whatever is read or called: a jQuery that finds nothing and never throws. */
const nothing = new Proxy(function () {}, {
  get: (target, key) => (key in ENDS ? ENDS[key] : nothing),
  apply: () => nothing,
  construct: () => nothing,
});

const ROWS = { id: 1, type: 'lead' };

/** Values that members may return and callbacks may receive; each widget gets all of them. */
const MOODS = {
  'nothing at all': { rows: undefined, card: false, load: () => {}, texts: () => undefined },
  'rows without a list': { rows: {}, card: { id: 0 }, load: () => {}, texts: (key) => key },
  'rows by id': { rows: { selected: { 1: ROWS } }, card: { id: 7 }, load: (given) => given.load?.(nothing), texts: () => '' },
  'rows as documented': { rows: { selected: [ROWS] }, card: false, load: () => Promise.resolve(nothing), texts: () => ({}) },
};

const ARGUMENTS = {
  settings: [[nothing], [nothing, {}]],
  onSave: [[], [{}], [{ active: 'N' }], [{ active: 'Y', fields: { key: null } }]],
  salesbotDesignerSettings: [[nothing, () => '', {}], [nothing]],
  onSalesbotDesignerSave: [['any', {}], ['any']],
  loadElements: [[{ id: 2, type: 'leads' }, 7]],
  linkCard: [[{}], [{ link: [], unlink: [] }]],
  searchDataInCard: [['a', 2, 7], [undefined, 2, 7]],
  loadCatalogElement: [[{ id: 1 }]],
  initMenuPage: [[{ location: 'stats' }]],
};

function load(folder, area, mood) {
  const APP = {
    data: { current_card: mood.card },
    constant: () => undefined,
    notifications: { show_message: () => {}, show_message_error: () => {} },
  };
  const context = vm.createContext({ APP, document: {} });
  const run = (file) => {
    let module;
    context.define = (names, factory) => {
      module = factory(...names.map((name) => (name.startsWith('./') ? run(name) : nothing)));
    };
    vm.runInContext(fs.readFileSync(path.join(folder, file), 'utf8'), context, { filename: file });
    return module;
  };
  const made = run('script.js');
  made.prototype = {
    params: {},
    system: () => ({ area }),
    i18n: mood.texts,
    get_settings: () => ({}),
    get_version: () => '1.0.0',
    get_pipeline_id: () => undefined,
    setSdkCatalogId: () => {},
    get_install_status: () => undefined,
    $authorizedAjax: () => new Promise(() => {}),
    list_selected: () => mood.rows,
    widgetsOverlay: () => {},
    add_action: (type, action) => action({}),
    render_template: () => {},
    render: mood.load,
  };
  return made;
}

/** Returns the callbacks by their dotted names, each bound to its owner. */
function named(callbacks, prefix = '') {
  return Object.entries(callbacks).flatMap(([key, value]) =>
    typeof value === 'function' ? [[prefix + key, value.bind(callbacks)]] : named(value, `${prefix}${key}.`));
}

/** Calls all callbacks of a new widget in the given order, each twice. */
function faults(Widget, order) {
  const found = [];
  for (const [name, callback] of order(named(new Widget().callbacks))) {
    for (const args of [...(ARGUMENTS[name] || [[]]), ...(ARGUMENTS[name] || [[]])]) {
      try {
        const returned = callback(...args);
        if (REQUIRED.includes(name) && returned !== true) {
          found.push(`${name} returned ${returned}`);
        }
      } catch (error) {
        found.push(`${name}: ${error.message}`);
      }
    }
  }
  return found;
}

function run({ folder, visits }) {
  const found = new Set();
  for (const { area } of visits) {
    for (const [name, mood] of Object.entries(MOODS)) {
      for (const order of [(all) => all, (all) => all.reverse()]) {
        faults(load(folder, area, mood), order).forEach((fault) => found.add(`${area}, ${name}: ${fault}`));
      }
    }
  }
  return [...found];
}

const reports = JSON.parse(fs.readFileSync(0, 'utf8')).map(run);
process.on('unhandledRejection', (error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
setImmediate(() => process.stdout.write(JSON.stringify(reports)));
