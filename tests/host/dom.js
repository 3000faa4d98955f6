'use strict';
// A page in memory: elements, a parser of markup, and the selectors that widgets use.

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#039': "'", '#39': "'" };
const VOID = ['br', 'img', 'input', 'link'];

/** Value of a class attribute -> its names; each is split once, for pages are searched often. */
const CLASSES = new Map();

class Element {
  constructor(tag, attributes = {}, children = []) {
    this.tag = tag;
    this.attributes = attributes;
    this.children = [];
    this.parent = null;
    this.handlers = [];
    this.append(...children);
  }

  set(name, value) {
    this.attributes[name] = value;
  }

  get classes() {
    const text = this.attributes.class || '';
    if (!CLASSES.has(text)) {
      CLASSES.set(text, text.split(/\s+/).filter(Boolean));
    }
    return CLASSES.get(text);
  }

  get elements() {
    return this.children.filter((child) => child instanceof Element);
  }

  get text() {
    return this.children.map((child) => (child instanceof Element ? child.text : child)).join(' ');
  }

  append(...nodes) {
    nodes.forEach((node) => this.insert(node, this.children.length));
  }

  insert(node, place) {
    if (node instanceof Element) {
      node.remove();
      node.parent = this;
    }
    this.children.splice(place, 0, node);
  }

  remove() {
    if (this.parent) {
      this.parent.children = this.parent.children.filter((child) => child !== this);
      this.parent = null;
    }
  }

  empty() {
    this.elements.forEach((child) => child.remove());
    this.children = [];
  }

  /** All elements below, in document order. */
  below(found = []) {
    for (const child of this.children) {
      if (child instanceof Element) {
        found.push(child);
        child.below(found);
      }
    }
    return found;
  }

  find(selector) {
    return this.below().filter((element) => matches(element, selector));
  }

  /** Tags and classes without texts: the markup that hostile texts must not change. */
  outline() {
    const name = [this.tag, ...this.classes].join('.');
    return this.elements.length ? { [name]: this.elements.map((child) => child.outline()) } : name;
  }
}

const COMPOUND = /^(\w+)?((?:[.#][\w-]+|\[[\w-]+(?:="?[\w-]+"?)?\])*)$/;

/** Selector -> its compounds, parsed once. */
const SELECTORS = new Map();

function matches(element, selector) {
  if (!SELECTORS.has(selector)) {
    SELECTORS.set(selector, selector.trim().split(/\s+/).map(compound));
  }
  const parts = SELECTORS.get(selector);
  let left = parts.length - 1;
  if (!isOne(element, parts[left])) {
    return false;
  }
  for (let ancestor = element.parent; left && ancestor; ancestor = ancestor.parent) {
    left -= isOne(ancestor, parts[left - 1]);
  }
  return left === 0;
}

/** Parses a compound selector, such as `p.a[b="c"]`. */
function compound(text) {
  const found = COMPOUND.exec(text);
  if (!found) {
    throw new SyntaxError('no selector of this host: ' + text);
  }
  return { tag: found[1], conditions: found[2].match(/[.#][\w-]+|\[[^\]]+\]/g) || [] };
}

function isOne(element, { tag, conditions }) {
  return (!tag || element.tag === tag) && conditions.every((text) => meets(element, text));
}

function meets(element, condition) {
  if (condition[0] === '.') {
    return element.classes.includes(condition.slice(1));
  }
  const [name, value] = condition[0] === '#' ? ['id', condition.slice(1)] : condition.replace(/[[\]"]/g, '').split('=');
  return value === undefined ? name in element.attributes : element.attributes[name] === value;
}

const TOKEN = /<!--[^]*?-->|<\/(\w+)\s*>|<(\w+)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>|[^<]+/y;

/** Returns the nodes of well-formed markup; throws on anything else. */
function parse(html) {
  const root = new Element('#root');
  let open = root;
  TOKEN.lastIndex = 0;
  for (let place = 0; place < html.length; place = TOKEN.lastIndex) {
    TOKEN.lastIndex = place;
    const token = TOKEN.exec(html);
    if (!token || (token[1] && token[1] !== open.tag)) {
      throw new SyntaxError('not well-formed: ' + html.slice(place, place + 60));
    }
    if (token[1]) {
      open = open.parent;
    } else if (token[2]) {
      const child = new Element(token[2], attributes(token[3]));
      open.append(child);
      open = VOID.includes(child.tag) ? open : child;
    } else if (!token[0].startsWith('<')) {
      open.append(unescape(token[0]));
    }
  }
  if (open !== root) {
    throw new SyntaxError('not closed: ' + open.tag);
  }
  return root.children;
}

function attributes(text) {
  const pairs = [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(pairs.map((pair) => [pair[1], unescape(pair[2] || '')]));
}

function unescape(text) {
  return text.replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
}

module.exports = { Element, matches, parse };
