/**
 * The log of what happened between host and widget: short texts, never live objects.
 *
 * @typedef {"called" | "returned" | "asked" | "failed" | "warned" | "note" | "visit"} Kind
 * @typedef {{at: number, kind: Kind, text: string, area: string, detail: string, thrown: boolean}} Entry
 */

const MAX_CHARS = 400;
const MAX_DETAIL = 20_000;
const MASK = "•••";

/**
 * Return a short, safe text for any value, as a console shows it on one line.
 *
 * @param {unknown} value
 * @param {{depth?: number, secrets?: Set<string>, max?: number}} [options] property names in `secrets` are masked;
 *   `max`: number of characters
 * @returns {string}
 */
export function describe(value, { depth = 2, secrets = new Set(), max = MAX_CHARS } = {}) {
  const text = safely(() => describeInner(value, depth, secrets, new Set()));
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

/** A getter may throw, and so may any access to another site's window: the log must not break a widget. */
function safely(read) {
  try {
    return read();
  } catch {
    return "(unreadable)";
  }
}

function describeInner(value, depth, secrets, seen) {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return `ƒ ${value.name || "anonymous"}`;
  if (value === null || typeof value !== "object") return String(value);
  if (seen.has(value)) return "(circular)";
  const special = describeSpecial(value);
  if (special) return special;
  const isList = Array.isArray(value);
  if (depth === 0) return isList ? `[${value.length}]` : "{…}";
  const next = new Set(seen).add(value);
  const inner = (item) => describeInner(item, depth - 1, secrets, next);
  if (isList) return `[${value.slice(0, 20).map(inner).join(", ")}${value.length > 20 ? ", …" : ""}]`;
  const pairs = Object.keys(value)
    .slice(0, 20)
    .map((key) => {
      return `${key}: ${secrets.has(key) && value[key] ? MASK : inner(value[key])}`;
    });
  return `{${pairs.join(", ")}${Object.keys(value).length > 20 ? ", …" : ""}}`;
}

/** Texts for elements, jQuery sets, errors and promises. */
function describeSpecial(value) {
  if (value.jquery && typeof value.length === "number") {
    return `$(${value.length ? describeSpecial(value[0]) || "…" : ""})`;
  }
  if (value.nodeType === 1) {
    const classes = [...value.classList]
      .slice(0, 2)
      .map((name) => `.${name}`)
      .join("");
    return `<${value.localName}${value.id ? `#${value.id}` : ""}${classes}>`;
  }
  if (typeof value.message === "string" && typeof value.stack === "string") return messageOf(value);
  if (typeof value.then === "function") return "Promise";
  return "";
}

/**
 * Return one line for an error, whatever was thrown.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  if (error && typeof error === "object" && typeof error.message === "string") {
    return error.name && error.name !== "Error" ? `${error.name}: ${error.message}` : error.message;
  }
  if (error && typeof error === "object" && typeof error.status === "number") {
    return `request answered ${error.status} ${error.statusText || ""}`.trim();
  }
  return typeof error === "string" ? error : describe(error);
}

/** Writes the entries of one stage: adds time and area, and passes them on. */
export class Log {
  /**
   * @param {(entry: Entry) => void} sink
   * @param {Set<string>} secrets names of settings whose values are masked
   */
  constructor(sink, secrets) {
    this.sink = sink;
    this.secrets = secrets;
    this.area = "";
    this.lastAt = 0;
    /** Set while a run visits the same page repeatedly. */
    this.isMuted = false;
  }

  /**
   * @param {Kind} kind
   * @param {string} text
   * @param {string} [detail] shown on demand
   * @param {boolean} [thrown] whether it is an exception of the widget, whose stack is `detail`
   */
  add(kind, text, detail = "", thrown = false) {
    this.lastAt = performance.now();
    if (this.isMuted) return;
    this.sink({ at: Date.now(), kind, text, area: this.area, detail, thrown });
  }

  /** @param {unknown} value @param {number} [depth] */
  show(value, depth = 2) {
    return describe(value, { depth, secrets: this.secrets });
  }
  /** The full values, to show below their line; empty if the line is complete. @param {...unknown} values */
  full(...values) {
    const { secrets } = this;
    const isLong = (value) => value && typeof value === "object" && !describeQuietly(value);
    return values
      .filter(isLong)
      .map((value) => describe(value, { depth: 6, secrets, max: MAX_DETAIL }))
      .join("\n");
  }
}

function describeQuietly(value) {
  return safely(() => describeSpecial(value) || !Object.keys(value).length);
}
