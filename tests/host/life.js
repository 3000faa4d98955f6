'use strict';
// Widgets over a long session: answers that come late, hundreds of page changes, a new object created before the old
// one is destroyed, and two widgets of the same project in one account.
//
// Jobs as for run.js on standard input; for each a list of faults and the number of page changes on standard output.

const fs = require('node:fs');
const path = require('node:path');
const { Element } = require('./dom');
const { MOODS, calls, furnish } = require('./page');
const { Session, newPage } = require('./session');

const CHANGES = 200;
const OTHER = 'zW2_another_upload';

/** Returns a number from 0 up to `below`; the sequence is the same in every run. */
function dice(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

/** One upload of the project in the shared page; its answers wait until they are released. */
class Upload extends Session {
  constructor(folder, code, locale, shared) {
    super(folder, code, locale, false, shared);
    this.late = [];
  }

  /** Holds a template or an answer back. */
  later(name, action) {
    this.late.push(() => {
      try {
        action();
      } catch (error) {
        this.fault(name, error);
      }
    });
  }

  request(options) {
    const mood = this.mood;
    return new Promise((resolve, reject) => {
      this.later(options.url, () => {
        const now = this.mood;
        this.mood = mood;
        super.request(options).then(resolve, reject);
        this.mood = now;
      });
    });
  }

  /** Releases some of the late answers, in any order. */
  async answer(roll, count) {
    for (let number = 0; number < count && this.late.length; number += 1) {
      this.late.splice(roll(this.late.length), 1)[0]();
      await tick();
    }
  }

  make() {
    const widget = new this.Widget();
    const made = (name, ...args) => {
      const owner = name.split('.').slice(0, -1).reduce((object, key) => object[key], widget.callbacks);
      try {
        return Promise.resolve(owner[name.split('.').pop()](...args)).catch((error) => this.fault(name, error));
      } catch (error) {
        return this.fault(name, error);
      }
    };
    if (made('render')) {
      made('init');
      made('bind_actions');
    }
    return made;
  }
}

/** Returns whether the CRM leaves the content of the element to a widget. */
function isGiven({ attributes: { id = '' }, parent, classes }) {
  return /^work-area-|_custom_content$/.test(id) || parent.classes.includes('card-tabs')
    || classes.includes('card-widgets__widget__body');
}

const tick = () => new Promise(setImmediate);

/** Returns the rest of the page: tags, attributes and texts, without those that begin with a widget's name. */
function foreign(element, own) {
  return element.children
    .filter((child) => !(child instanceof Element) || !child.classes.some((name) => name.startsWith(own)))
    .map((child) => {
      if (!(child instanceof Element)) {
        return child;
      }
      const { value, hidden, ...attributes } = child.attributes;
      return [child.tag, JSON.stringify(attributes), isGiven(child) ? [] : foreign(child, own)];
    });
}

class Life {
  constructor({ folder, code, ns, locales, visits }) {
    Object.assign(this, { ns, visits, faults: new Set(), roll: dice(7), done: 0 });
    const shared = newPage();
    this.shared = shared;
    this.uploads = [code, OTHER].map((each) => new Upload(folder, each, locales[0], shared));
    this.manifest = JSON.parse(fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
    this.once = this.manifest.widget.init_once;
  }

  furnish() {
    const codes = this.uploads.map((upload) => upload.code);
    const body = furnish(this.shared.root, this.manifest, ...codes);
    body.find('.modal-body').concat(body.find('.salesbot-block'), body.find('#list_page_holder')).forEach((place) =>
      place.append(new Element('div', { class: 'of-the-crm' }, ["the CRM's own"])));
    return JSON.stringify(foreign(this.shared.root, this.ns + '-'));
  }

  mark(upload) {
    const owned = this.shared.root.below().filter((element) =>
      element.classes.some((name) => name.startsWith(`${this.ns}-${upload.code}-`)));
    return JSON.stringify(owned.map((element) => [element.tag, element.text]));
  }

  beside(upload) {
    return this.uploads.find((one) => one !== upload);
  }

  expect(what, ok) {
    if (!ok) {
      this.faults.add(`${this.visit.area}, ${this.mood}: ${what}`);
    }
  }

  /** Visits a page: each widget creates a new object, some before the old one is destroyed. */
  async visitPage(number) {
    this.visit = this.visits[number % this.visits.length];
    this.mood = Object.keys(MOODS)[this.roll(4)];
    const before = this.furnish();
    for (const upload of this.uploads) {
      upload.visit = { ...this.visit, mood: this.mood, called: [], messages: [] };
      upload.mood = MOODS[this.mood];
    }
    for (const upload of this.uploads) {
      await this.enter(upload);
    }
    for (const upload of this.uploads) {
      const before = this.mark(this.beside(upload));
      // requests of the last pages are answered at the end
      await upload.answer(this.roll, number < CHANGES - 4 ? this.roll(4) : 0);
      this.expect('the other widget was drawn into', this.mark(this.beside(upload)) === before);
    }
    this.expect('something else of the page changed', JSON.stringify(foreign(this.shared.root, this.ns + '-')) === before);
  }

  async enter(upload) {
    const old = upload.object;
    if (old && this.once) {
      old('render');
    } else if (old && this.roll(2)) {
      const before = this.count(upload);
      upload.object = upload.make();
      const added = this.count(upload) - before;
      this.leave(upload, old);
      this.expect('handlers of the new object went with the old one', this.count(upload) === added);
    } else {
      if (old) {
        this.leave(upload, old);
      }
      upload.object = upload.make();
    }
    const { $, code, manifest } = upload;
    const args = calls({ $, code, manifest, mood: this.mood });
    for (const name of this.visit.callbacks) {
      for (const each of args[name] || [[]]) {
        upload.object(name, ...each);
      }
    }
    await tick();
  }

  count(upload) {
    return this.shared.handlers.filter(({ namespace }) => namespace.startsWith(`${this.ns}-${upload.code}-`)).length;
  }

  /** Destroys an object; the other widget's part of the page must stay. */
  leave(upload, object) {
    const other = this.beside(upload);
    const before = this.mark(other) + this.count(other);
    object('destroy');
    this.expect('what the other widget has went too', this.mark(other) + this.count(other) === before);
  }

  async run() {
    for (let number = 0; number < CHANGES; number += 1) {
      if (this.once) {
        this.uploads[0].$(this.shared.document).trigger('page:changed');
      }
      await this.visitPage(number);
      this.done += 1;
    }
    await this.end();
    this.uploads.forEach((upload) => upload.log.errors.forEach((fault) => this.faults.add(fault)));
    return { faults: [...this.faults], changes: this.done };
  }

  /** Destroys everything, then releases every answer: none of them may have an effect. */
  async end() {
    this.uploads.forEach((upload) => this.leave(upload, upload.object));
    this.expect(`handlers are left: ${this.shared.handlers.map(({ type }) => type)}`, this.shared.handlers.length === 0);
    this.expect('a style sheet is left', this.shared.root.find('link').length === 0);
    this.expect('a window is left', this.shared.root.find('.modal-list').length === 0);
    this.furnish();
    const before = JSON.stringify(this.shared.root.below().map((element) => [element.tag, element.attributes, element.children.length]));
    this.uploads.forEach((upload) => (upload.visit = { ...upload.visit, messages: [] }));
    const visits = this.uploads.map((upload) => upload.visit);
    for (const upload of this.uploads) {
      while (upload.late.length) {
        await upload.answer(this.roll, upload.late.length);
      }
    }
    await tick();
    const after = JSON.stringify(this.shared.root.below().map((element) => [element.tag, element.attributes, element.children.length]));
    this.expect('an answer that came after the end changed the page', after === before);
    this.expect('an answer that came after the end showed a message', visits.every((visit) => visit.messages.length === 0));
  }
}

async function main() {
  const rejected = [];
  process.on('unhandledRejection', (error) => rejected.push(String(error && error.stack ? error.stack : JSON.stringify(error))));
  const reports = [];
  for (const job of JSON.parse(fs.readFileSync(0, 'utf8'))) {
    const report = await new Life(job).run();
    report.faults.push(...rejected.splice(0));
    reports.push(report);
  }
  process.stdout.write(JSON.stringify(reports));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
