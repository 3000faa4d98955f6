'use strict';
// A page in memory: elements, a parser of markup, and the selectors that widgets use.

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#039': "'", '#39': "'" };
const VOID = ['br', 'img', 'input', 'link'];

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
    return (this.attributes.class || '').split(/\s+/).filter(Boolean);
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
  *below() {
    for (const child of this.elements) {
      yield child;
      yield* child.below();
    }
  }

  find(selector) {
    return [...this.below()].filter((element) => matches(element, selector));
  }

  /** Tags and classes without texts: the markup that hostile texts must not change. */
  outline() {
    const name = [this.tag, ...this.classes].join('.');
    return this.elements.length ? { [name]: this.elements.map((child) => child.outline()) } : name;
  }
}

const COMPOUND = /^(\w+)?((?:[.#][\w-]+|\[[\w-]+(?:="?[\w-]+"?)?\])*)$/;

function matches(element, selector) {
  const parts = selector.trim().split(/\s+/);
  if (!isOne(element, parts.pop())) {
    return false;
  }
  let ancestor = element.parent;
  while (parts.length && ancestor) {
    if (isOne(ancestor, parts[parts.length - 1])) {
      parts.pop();
    }
    ancestor = ancestor.parent;
  }
  return parts.length === 0;
}

function isOne(element, compound) {
  const found = COMPOUND.exec(compound);
  if (!found) {
    throw new SyntaxError('no selector of this host: ' + compound);
  }
  const conditions = found[2].match(/[.#][\w-]+|\[[^\]]+\]/g) || [];
  return (!found[1] || element.tag === found[1]) && conditions.every((text) => meets(element, text));
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
