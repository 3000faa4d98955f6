const made = new WeakSet();

/** @param {Node} node @returns {boolean} whether `h` made it: it is the preview's, not the widget's */
export function isHosts(node) {
  return made.has(node);
}

/**
 * Build an element. Strings become text, never markup.
 *
 * @param {string} selector `tag#id.class.class`; the tag may be missing (`div`)
 * @param {Record<string, any>} [props] attributes; `on*` are listeners, booleans are present or absent
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(selector, props = {}, ...children) {
  const [, tag, rest] = selector.match(/^([\w-]*)(.*)$/);
  const element = document.createElement(tag || "div");
  made.add(element);
  for (const [, sign, name] of rest.matchAll(/([.#])([^.#]+)/g)) {
    if (sign === "#") element.id = name;
    else element.classList.add(name);
  }
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} path the `d` of a drawing 24 units wide and high @returns {SVGElement} hidden from screen readers */
export function drawing(path) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  svg.append(line);
  for (const element of [svg, line]) made.add(element);
  return svg;
}

function setProp(element, name, value) {
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className += ` ${value}`;
  else if (name === "value" || name === "checked") element[name] = value;
  else if (value === true) element.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined)
    element.setAttribute(name, String(value));
}

/** @param {Element} element @param {...(Node | string)} children */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return element;
}
