/** Calls the callbacks of one widget object and interprets their results. */

import { watchedPrototype } from "./unknown.js";

const REQUIRED = ["render", "init", "bind_actions"];

/** Exceptions that mean a bug, not a refusal by the widget. */
const BROKEN = ["TypeError", "ReferenceError", "SyntaxError", "RangeError"];
const HOW = { threw: "threw", rejected: "was rejected", pending: "did not settle" };
const prepared = new WeakSet();
const ourTimeout = window.setTimeout.bind(window);
const isPromise = (value) => Boolean(value) && typeof value.then === "function";

/**
 * Construct the widget with the base members in place before its constructor runs.
 *
 * @param {Function} Constructor what script.js returned
 * @param {object} base
 * @param {(member: string) => void} onUnknown
 * @returns {object}
 */
export function construct(Constructor, base, onUnknown) {
  if (Constructor.prototype)
    Object.setPrototypeOf(rootOf(Constructor.prototype), watchedPrototype(base, onUnknown));
  const instance = new Constructor();
  for (const name of Object.keys(base)) {
    if (!(name in instance)) instance[name] = base[name];
  }
  return instance;
}

/** The end of a class's prototype chain; a constructor prepared before gives the same object again. */
function rootOf(prototype) {
  let root = prototype;
  while (
    !prepared.has(root) &&
    Object.getPrototypeOf(root) &&
    Object.getPrototypeOf(root) !== Object.prototype
  ) {
    root = Object.getPrototypeOf(root);
  }
  prepared.add(root);
  return root;
}

export class Lifecycle {
  /**
   * @param {object} instance
   * @param {import("./log.js").Log} log
   * @param {import("./report.js").Report} report
   */
  constructor(instance, log, report) {
    this.instance = instance;
    this.log = log;
    this.report = report;
    /** How long to wait for a promise, in ms; `run` sets a limit. */
    this.patience = Infinity;
    /** How many callbacks are under way, and the name of the innermost. */
    this.running = 0;
    this.current = "";
  }

  /** @param {string} name dotted, e.g. `leads.selected` @returns {[Function | undefined, object]} */
  find(name) {
    const parts = name.split(".");
    const last = parts.pop();
    const owner = parts.reduce((object, part) => object?.[part], this.instance.callbacks);
    return [typeof owner?.[last] === "function" ? owner[last] : undefined, owner];
  }

  /** @param {string} name @returns {boolean} */
  has(name) {
    return Boolean(this.find(name)[0]);
  }

  /**
   * Call a callback and wait for its promise. Never throws.
   *
   * @param {string} name
   * @param {...unknown} args
   * @returns {Promise<{called: boolean, ok: boolean, value?: unknown, how?: string}>} `how`: threw, rejected or pending
   */
  async call(name, ...args) {
    const [callback, owner] = this.find(name);
    if (!callback) return { called: false, ok: false };
    const text = `${name}(${args.map((arg) => this.log.show(arg)).join(", ")})`;
    this.log.add("called", text, this.log.full(...args));
    this.running += 1;
    try {
      return await this.finish(name, callback, owner, args);
    } finally {
      this.running -= 1;
    }
  }

  async finish(name, callback, owner, args) {
    let value;
    const before = this.current;
    this.current = name;
    try {
      value = callback.apply(owner, args);
    } catch (error) {
      this.report.failed(name, error);
      return { called: true, ok: false, how: "threw" };
    } finally {
      this.current = before;
    }
    return isPromise(value) ? this.settle(name, value) : this.returned(name, value);
  }

  async settle(name, promise) {
    this.log.add("note", `${name} returned a promise: waiting for it`);
    const pending = Symbol("pending");
    const limit = Number.isFinite(this.patience)
      ? [new Promise((resolve) => ourTimeout(resolve, this.patience, pending))]
      : [];
    try {
      const value = await Promise.race([promise, ...limit]);
      return value === pending ? this.gaveUp(name) : { ...this.returned(name, value), isPromise: true };
    } catch (error) {
      if (name === "onSave" && !BROKEN.includes(error?.name)) return this.refused(name, error);
      this.report.failed(name, error, "was rejected");
      return { called: true, ok: false, how: "rejected" };
    }
  }

  /** A widget may refuse a save: the window stays open, and nothing is stored. */
  refused(name, error) {
    this.report.returned(name, false);
    this.report.note("save-refused", `not saved: onSave was rejected: ${this.log.show(error)}`);
    return { called: true, ok: false, how: "refused" };
  }

  gaveUp(name) {
    this.report.returned(name, "Promise (pending)");
    this.report.warn("pending", `the promise of ${name} is still pending after ${this.patience / 1000} s`);
    return { called: true, ok: false, how: "pending" };
  }

  returned(name, value) {
    this.report.returned(name, value);
    this.log.add("returned", `${name} → ${this.log.show(value)}`, this.log.full(value));
    return { called: true, ok: true, value };
  }

  /**
   * `render`, then `init` and `bind_actions`.
   *
   * @param {{renderOnly?: boolean}} [options] for an `init_once` widget that is already initialised
   * @returns {Promise<boolean>} whether the widget runs on this page
   */
  async start({ renderOnly = false } = {}) {
    const missing = REQUIRED.filter((name) => !this.has(name));
    if (missing.length) {
      this.report.missing(`the widget does not run: callbacks.${missing.join(", callbacks.")} missing`);
      return false;
    }
    if (!this.has("onSave"))
      this.report.warn("missing-callback", "callbacks.onSave is missing: the widget cannot be installed");
    const render = await this.call("render");
    if (!this.allows(render)) return false;
    if (renderOnly) return true;
    for (const name of ["init", "bind_actions"]) {
      const { ok, value } = await this.call(name);
      if (ok && value !== true)
        this.report.warn("not-true", `${name} must return true, not ${this.log.show(value)}`);
    }
    return true;
  }

  /** Five outcomes of `render`: true, a promise of it, anything falsy, a rejected promise, an exception. */
  allows(render) {
    const skipped = "init and bind_actions are skipped";
    if (!render.ok) this.log.add("failed", `render ${HOW[render.how]}: ${skipped}`);
    else if (!render.value)
      this.report.warn("not-rendered", `render returned ${this.log.show(render.value)}: ${skipped}`);
    return render.ok && Boolean(render.value);
  }
}
