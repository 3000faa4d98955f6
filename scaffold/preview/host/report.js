/**
 * What one run of an area gives to `preview --run --json`.
 *
 * @typedef {{message: string, source: "widget" | "host", callback?: string, stack?: string}} Fault
 */

import { messageOf } from "./log.js";

const FRAME = /:\d+:\d+\)?$/;

/** Code that only hands on what a widget asked for: an error in it is its caller's. */
const PASSING = /\/_libs\/|\/_host\/(network|templates)\.js/;

Error.stackTraceLimit = 50;

/**
 * Who is to blame for an error: the owner of the innermost frame that does not only hand on.
 *
 * @param {unknown} error
 * @returns {"widget" | "host"}
 */
export function sourceOf(error) {
  const frames = String((error && error.stack) || "")
    .split("\n")
    .filter((line) => FRAME.test(line));
  const owner = frames.find((line) => !PASSING.test(line));
  return owner && owner.includes("/_host/") ? "host" : "widget";
}

/** Collects calls, faults and unknown members between two `begin`s. */
export class Report {
  /** @param {import("./log.js").Log} log */
  constructor(log) {
    this.log = log;
    this.begin();
  }

  /** Forget what was collected: a new run starts. */
  begin() {
    this.called = [];
    this.errors = [];
    this.asyncErrors = [];
    this.unknown = new Set();
  }

  /** @param {string} callback @param {unknown} value */
  returned(callback, value) {
    this.called.push({ callback, returned: toPlain(value, this.log) });
  }

  /**
   * A callback that the host called threw, or its promise was rejected.
   *
   * @param {string} callback
   * @param {unknown} error
   * @param {string} [how]
   */
  failed(callback, error, how = "threw") {
    this.called.push({ callback, returned: null });
    this.errors.push(fault(error, { callback }));
    this.log.add("failed", `${callback} ${how}: ${messageOf(error)}`, stackOf(error));
  }

  /**
   * Something failed later, outside a callback.
   *
   * @param {string} where
   * @param {unknown} error
   */
  failedLater(where, error) {
    this.asyncErrors.push(fault(error, {}));
    this.log.add("failed", `${where}: ${messageOf(error)}`, stackOf(error));
  }

  /**
   * The host itself failed while it drew or drove a page.
   *
   * @param {string} where
   * @param {unknown} error
   */
  broke(where, error) {
    this.errors.push(fault(error, {}));
    this.log.add("failed", `${where}: ${messageOf(error)}`, stackOf(error));
  }

  /**
   * Run a piece of the host that may end up in the widget's event handlers.
   *
   * @param {string} where
   * @param {() => unknown} act
   */
  guard(where, act) {
    try {
      return act();
    } catch (error) {
      this.failedLater(where, error);
      return undefined;
    }
  }

  /** @param {string} member such as `APP.foo` */
  readUnknown(member) {
    if (this.unknown.has(member)) return;
    this.unknown.add(member);
    this.log.add("warned", `${member} is not in the sandbox`);
  }

  /** @returns {object} the part of the JSON that this report knows */
  toJSON() {
    return {
      called: this.called,
      errors: this.errors,
      async_errors: this.asyncErrors,
      unknown_members: [...this.unknown].sort(),
    };
  }
}

function fault(error, extra) {
  return { message: messageOf(error), source: sourceOf(error), ...extra, stack: stackOf(error) };
}

function stackOf(error) {
  return String((error && error.stack) || "").replaceAll(location.origin, "");
}

/** JSON can carry it: itself; anything else: its one-line description. */
function toPlain(value, log) {
  if (value === undefined || value === null || typeof value === "boolean" || typeof value === "number") {
    return value ?? null;
  }
  return typeof value === "string" ? value.slice(0, 2000) : log.show(value);
}
