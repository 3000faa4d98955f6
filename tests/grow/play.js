'use strict';
// Loads one script as RequireJS does, with modules that have any member, and calls each of its callbacks.
// Prints the callbacks by name, with the value that each returns or throws.

const fs = require('node:fs');
const vm = require('node:vm');

function anything(name) {
  return new Proxy(function () {}, {
    get(target, key) {
      if (key === Symbol.toPrimitive) return () => name;
      if (key === Symbol.iterator) return function* () {};
      if (key === 'prototype') return target.prototype;
      return typeof key === 'symbol' || key === 'then' ? undefined : anything(`${name}.${key}`);
    },
    apply: () => anything(`${name}()`),
    construct: () => anything(`new ${name}`),
  });
}

let Widget;
const define = (names, factory) => {
  Widget = factory(...names.map(anything));
};
const APP = anything('APP');
const context = { define, APP, $: anything('$'), document: anything('document'), Object, Boolean };
vm.runInNewContext(fs.readFileSync(process.argv[2], 'utf8'), context);
for (const member of ['system', 'params', 'i18n', 'render', 'render_template', 'get_settings', 'get_version', 'list_selected']) {
  Widget.prototype[member] = anything(`self.${member}`);
}
const widget = new Widget();

const report = {};
function call(members, path) {
  for (const [name, member] of Object.entries(members)) {
    if (typeof member === 'object') {
      call(member, `${path}${name}.`);
    } else {
      try {
        report[path + name] = String(member.call(widget, anything('a'), anything('b')));
      } catch (error) {
        report[path + name] = `${error.name}: ${error.message}`;
      }
    }
  }
}
call(widget.callbacks, '');
process.stdout.write(JSON.stringify(report));
