'use strict';
// One session of a user with one widget: pages are visited one after the other, as in the CRM.

const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const { Element, parse } = require('./dom');
const { jQueryOf } = require('./jquery');
const { MOODS, answers, calls, furnish } = require('./page');
const { dictionary, strict } = require('./strict');
const { base, modalOf } = require('./widget');

const HOSTILE = `"'><img src=x onerror=alert(1)>&amp;{{ 7*7 }}</script>`;

/** An empty page. */
function newPage() {
  return {
    root: new Element('html', {}, [new Element('head'), new Element('body')]), document: {}, handlers: [],
  };
}

class Session {
  /**
   * `folder` holds manifest.json; with `hostile` every text and every name ends with markup. `page` is what several
   * widgets share: its root, the document and the document's handlers.
   */
  constructor(folder, code, locale, hostile, page) {
    const read = (file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
    Object.assign(this, { folder, code, manifest: read('manifest.json'), actions: [] }, page || newPage());
    this.suffix = hostile ? HOSTILE : '';
    this.locale = locale;
    // the CRM now gives cdn_path and cdn_images_path, the others are deprecated
    this.paths = {
      path: `/upl/${code}/1/widget`, images_path: `/upl/${code}/1/widget/images`,
      cdn_path: `https://cdn.acme.example/upl/${code}/1/widget`,
      cdn_images_path: `https://cdn.acme.example/upl/${code}/1/widget/images`,
    };
    this.saved = Object.fromEntries(Object.keys(this.manifest.settings || {}).map((key) => [key, 'Saved' + this.suffix]));
    this.log = {
      read: new Set(), missing: new Set(), templates: new Set(), captions: [], catalogs: [], overlay: [], requests: [], changed: [], errors: [], visits: [], left: [],
    };
    this.langs = dictionary(this.suffixed(read(`i18n/${locale}.json`)), this.log);
    this.ajax = (options) => this.request(options);
    const changed = ({ attributes }) => this.log.changed.push([attributes.name, attributes.value]);
    this.$ = jQueryOf(this.root, this.document, { handlers: this.handlers, ajax: this.ajax, changed });
    this.fired = new Set();
    this.bound = new Set();
    this.styles = new Set();
    this.waiting = [];
    this.Widget = this.load();
  }

  suffixed(texts) {
    return typeof texts === 'string'
      ? texts + this.suffix
      : Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, this.suffixed(text)]));
  }

  /** Runs script.js, which sees the language, `define`, `APP` and `document`, and returns its constructor. */
  load() {
    const modules = strict('modules', { jquery: this.$, 'lib/components/base/modal': modalOf(this) });
    const context = vm.createContext({ APP: this.app(), document: this.document, setTimeout });
    const run = (file) => {
      let made;
      context.define = (names, factory) => {
        made = factory(...names.map((name) => (name.startsWith('./') ? run(name) : modules[name])));
      };
      vm.runInContext(fs.readFileSync(path.join(this.folder, file), 'utf8'), context, { filename: file });
      return made;
    };
    const before = [...Object.keys(context), 'define'];
    const made = run('script.js');
    this.log.globals = Object.keys(context).filter((name) => !before.includes(name));
    made.prototype = strict('self', base(this), true);
    return made;
  }

  app() {
    // a message is markup
    const shown = (markup) => new Element('p', {}, parse(markup)).text;
    const message = ({ header, text }) => void this.visit.messages.push([shown(header), shown(text)]);
    const user = (id) => ({ id, title: `User ${id}` + this.suffix, active: true, is_admin: 'N' });
    const session = this;
    return strict('APP', {
      data: strict('APP.data', {
        get current_card() {
          return session.visit.card && { id: session.mood.card, model: { get: () => '', set: () => {}, attributes: {} } };
        },
        current_view: {}, current_list: {}, current_entity: 'leads', is_card: true,
      }),
      lang_id: this.locale,
      getBaseEntity: () => this.visit.entity,
      isCard: () => this.visit.card,
      getWidgetsArea: () => 'leads_card',
      constant: (key) => (key === 'managers' && this.mood.managers ? { 501: user(501), 502: user(502) } : null),
      notifications: strict('APP.notifications', {
        show_message: message, show_message_error: message, show_notification: message, add_error: message, add_call: message,
      }),
      addNotificationCallback: () => {},
      sdk: strict('APP.sdk', { showUserStatus: () => ({}), setCallingStatus: () => {}, getCallingStatus: () => false }),
      router: strict('APP.router', { navigate: () => {} }),
      widgets: strict('APP.widgets', {
        get system() {
          return base(session).system();
        },
        list: {}, clear_cache: () => {},
      }),
    });
  }

  request({ url }) {
    const asked = url.replace(/^https:\/\/[^?]*\/(?=card\.php)/, '');
    this.log.requests.push(asked);
    const known = answers(this.code, this.mood, this.suffix);
    return known && asked in known ? Promise.resolve(known[asked]) : Promise.reject({ status: known ? 404 : 0 });
  }

  later(name, action) {
    this.waiting.push(Promise.resolve().then(action).catch((error) => this.fault(name, error)));
  }

  fault(where, error) {
    this.log.errors.push(`${this.visit.area}, ${this.visit.mood}: ${where}: ${error.name}: ${error.message}`);
  }

  /** Calls one callback by its documented name and logs the value that it returned, after its promise is awaited. */
  async call(name, args) {
    const note = { callback: name };
    this.visit.called.push(note);
    try {
      const owner = name.split('.').slice(0, -1).reduce((object, key) => object[key], this.widget.callbacks);
      const returned = owner[name.split('.').pop()](...args);
      note.promise = typeof returned?.then === 'function';
      note.returned = await returned;
      note.stored = name === 'onSave' ? args[0].fields : undefined;
    } catch (error) {
      this.fault(name, error);
    }
    await this.settle();
    return note.returned;
  }

  async settle() {
    while (this.waiting.length) {
      await Promise.all(this.waiting.splice(0));
    }
    await new Promise(setImmediate);
  }

  /** Visits one page in one mood: starts the widget, calls the area's callbacks, clicks, and leaves. */
  async enter(visit, mood) {
    this.visit = { ...visit, mood, called: [], messages: [] };
    this.mood = MOODS[mood];
    this.log.visits.push(this.visit);
    const body = furnish(this.root, this.manifest, this.code);
    await this.start();
    const { $, code, manifest } = this;
    const args = calls({ $, code, manifest, mood });
    for (const name of visit.callbacks) {
      if (visit.with_arguments.includes(name) && !args[name]) {
        throw new Error(`${name} has parameters: add its arguments to calls() in tests/host/page.js`);
      }
      for (const each of args[name] || [[]]) {
        await this.call(name, each);
        this.visit.called.at(-1).shown = body.text;
      }
    }
    this.root.find('link').forEach((link) => this.styles.add(link.attributes.href));
    this.visit.drawn = body.outline();
    this.visit.text = body.text;
    await this.click();
  }

  async start() {
    if (this.widget && this.manifest.widget.init_once) {
      this.$(this.document).trigger('page:changed');
      this.leftovers(false);
      await this.call('render', []);
      return;
    }
    this.actions = [];
    this.widget = new this.Widget();
    this.log.callbacks = names(this.widget.callbacks);
    if ((await this.call('render', [])) === true) {
      await this.call('init', []);
      await this.call('bind_actions', []);
      await this.call('bind_actions', []);
    }
  }

  async click() {
    // each object of the widget marks its own blocks
    const name = ({ type, selector }) => `${type} ${selector || ''}`.replace(/-\d+ /, ' ').trim();
    this.$.useAll();
    this.actions.forEach(({ action }) => action({ value: '+15550100' }));
    await this.settle();
    this.handlers.forEach((handler) => this.bound.add(name(handler)));
    this.handlers.filter((handler) => handler.fired).forEach((handler) => this.fired.add(name(handler)));
    if (new Set(this.handlers.map(name)).size < this.handlers.length) {
      this.log.left.push('handlers bound twice');
    }
  }

  /** Leaves the page: destroys the widget, unless it lives as long as the session. */
  async leave(forGood) {
    if (forGood || !this.manifest.widget.init_once) {
      await this.call('destroy', []);
      this.leftovers(true);
    }
  }

  leftovers(destroyed) {
    const own = [...this.root.find('.modal-list'), ...this.root.find('link')];
    const floating = own.map((element) => element.attributes.class);
    const handlers = destroyed ? this.handlers.map(({ type }) => type) : [];
    this.log.left.push(...floating, ...handlers);
  }

  report() {
    const { read, missing, templates, ...rest } = this.log;
    const idle = [...this.bound].filter((handler) => !this.fired.has(handler));
    const styles = [...this.styles];
    return { ...rest, read: [...read], missing: [...missing], templates: [...templates], idle, styles };
  }
}

/** Returns the dotted names of the functions in an object. */
function names(object, prefix = '') {
  return Object.entries(object).flatMap(([key, value]) =>
    typeof value === 'function' ? prefix + key : names(value, `${prefix}${key}.`));
}

module.exports = { Session, newPage };
