'use strict';
// The part of jQuery 2.1.3 that generated scripts use, on top of dom.js; any other member throws.

const { Element, matches, parse } = require('./dom');
const { strict } = require('./strict');

/**
 * Returns `$` for a page. The document's handlers are kept in `handlers`, requests go to `ajax(options)`, and
 * `changed(element)` hears of each change that a widget triggers.
 */
function jQueryOf(root, document, { handlers, ajax, changed }) {
  const wrap = (nodes) => strict('jQuery()', methods(nodes));
  const nodesOf = (given) => (given && given.nodes) || (typeof given === 'string' ? parse(given) : [given]);

  function methods(nodes) {
    const elements = nodes.filter((node) => node instanceof Element);
    const each = (action) => (elements.forEach(action), wrap(nodes));
    return {
      nodes,
      length: nodes.length,
      find: (selector) => wrap(elements.flatMap((element) => element.find(selector))),
      parent: () => wrap([...new Set(elements.map((element) => element.parent).filter(Boolean))]),
      remove: () => each((element) => element.remove()),
      empty: () => each((element) => element.empty()),
      append: (given) => each((element) => element.append(...nodesOf(given))),
      first: () => wrap(nodes.slice(0, 1)),
      attr: (name, value) => each((element) => element.set(name, value)),
      html: (...given) => (given.length ? each((element) => fill(element, given[0])) : html(elements[0])),
      text: (given) => each((element) => (element.empty(), element.append(String(given)))),
      val: (...given) => (given.length ? each((element) => element.set('value', given[0])) : value(elements[0])),
      hide: () => each((element) => element.set('hidden', 'hidden')),
      insertAfter: (target) => (after(target.nodes[0], nodes), wrap(nodes)),
      appendTo: (target) => (place(target, nodes, false), wrap(nodes)),
      prependTo: (target) => (place(target, nodes, true), wrap(nodes)),
      on: (name, ...rest) => (on(nodes, name, rest), wrap(nodes)),
      off: (name) => (off(nodes, name), wrap(nodes)),
      trigger: (name) => (trigger(nodes, name), wrap(nodes)),
    };
  }

  function place(target, nodes, first) {
    const parent = (target.nodes || root.find(target))[0];
    if (parent) {
      nodes.forEach((node, index) => parent.insert(node, first ? index : parent.children.length));
    }
  }

  function fill(element, given) {
    element.empty();
    element.append(...nodesOf(given));
  }

  /** The markup inside an element that has only text, which is all that the scripts need. */
  function html(element) {
    return element && element.text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  }

  function value(element) {
    return element && (element.attributes.value || '');
  }

  function after(sibling, nodes) {
    if (sibling && sibling.parent) {
      nodes.forEach((node) => sibling.parent.insert(node, sibling.parent.children.indexOf(sibling) + 1));
    }
  }

  /** Handlers on the document must be removed by namespace; those on a widget's own elements go with the elements. */
  function on(nodes, name, rest) {
    const [type, namespace] = name.split(/\.(.*)/);
    const [action, selector] = rest.reverse();
    nodes.forEach((node) => (node === document ? handlers : node.handlers).push({ type, namespace, selector, action }));
  }

  function off(nodes, name) {
    if (nodes[0] !== document) {
      nodes.forEach((node) => node.handlers.splice(0, Infinity, ...node.handlers.filter(({ type }) => type !== name)));
      return;
    }
    if (!/^(page:changed)?\.[\w-]+$/.test(name)) {
      throw new TypeError('takes off more than handlers of its own: ' + name);
    }
    const [type, namespace] = name.split(/\.(.*)/);
    const others = handlers.filter((handler) => handler.namespace !== namespace || (type && handler.type !== type));
    handlers.splice(0, Infinity, ...others);
  }

  function trigger(nodes, name) {
    nodes.forEach((node) => {
      const bound = node === document ? handlers : node.handlers;
      bound.filter((handler) => handler.type === name).forEach((handler) => fire(handler, node));
      if (name === 'change') {
        changed(node);
      }
    });
  }

  function fire(handler, target) {
    handler.fired = true;
    handler.action.call(target, { type: handler.type, target, preventDefault() {} });
  }

  function $(given, properties) {
    if (given === document || given instanceof Element) {
      return wrap([given]);
    }
    const made = /^<(\w+)>$/.exec(given);
    if (!made) {
      return wrap(root.find(given));
    }
    const { text, ...attributes } = properties || {};
    return wrap([new Element(made[1], attributes, text === undefined ? [] : [String(text)])]);
  }
  const lastOption = (select) => select.elements.at(-1).attributes.value;

  $.ajax = ajax;
  /** Triggers the event of each handler once, if an element for it exists. */
  $.useAll = () => {
    const elements = root.below();
    elements.forEach((element) => element.handlers.forEach((handler) => {
      const target = handler.selector ? element.find(handler.selector)[0] : element;
      if (target) {
        target.set('value', target.tag === 'select' ? lastOption(target) : 'typed');
        fire(handler, target);
      }
    }));
    handlers.filter((handler) => handler.selector).forEach((handler) => {
      const target = elements.find((element) => matches(element, handler.selector));
      if (target) {
        fire(handler, target);
      }
    });
  };
  return $;
}

module.exports = { jQueryOf };
