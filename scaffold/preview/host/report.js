/**
 * Collects what one run of an area contributes to `preview --run --json`.
 *
 * @typedef {{message: string, source: "widget" | "host", code: string, at?: string}} Fault `at`: where in the
 *   widget's files it was thrown, as `script.js:12:5`
 */

import { messageOf } from "./log.js";
import { placeOfError, placeText, Worded } from "./thrown.js";

const FRAME = /:\d+:\d+\)?$/;

/** Messages of engines about a missing value. */
const ABSENT = /undefined|is not a function|is not a constructor|is not iterable/;

/** Code that only passes on the widget's calls: an error in it is its caller's. */
const PASSING = /\/_libs\/|\/_host\/(network|templates|traces)\.js/;

const ourTimeout = window.setTimeout.bind(window);

Error.stackTraceLimit = 50;

/**
 * Return who caused an error: the owner of the innermost frame that does not only pass on calls.
 *
 * @param {unknown} error
 * @returns {"widget" | "host"}
 */
export function sourceOf(error) {
  if (error instanceof Worded) return error.source;
  const frames = String((error && error.stack) || "")
    .split("\n")
    .filter((line) => FRAME.test(line));
  const owner = frames.find((line) => !PASSING.test(line));
  return owner && owner.includes("/_host/") ? "host" : "widget";
}

/** Collects calls, faults, warnings and unknown members between two `begin`s. */
export class Report {
  /** @param {import("./log.js").Log} log */
  constructor(log) {
    this.log = log;
    this.follows = "";
    /** The missing member of the CRM that was read in this task, and the widget's file that read it. */
    this.absent = null;
    /** Number of answers given in place of other servers. */
    this.answers = 0;
    this.begin();
  }

  /** Discard what was collected, for a new run. */
  begin() {
    this.isAgain = false;
    this.called = [];
    this.errors = [];
    this.asyncErrors = [];
    this.warnings = new Map();
    this.notes = new Map();
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
    // what a callback throws synchronously is its own error, whatever was answered just before
    const fault = this.fault(error, how === "threw" ? "callback" : "rejected");
    this.addTo(this.errors, { ...fault, callback });
    this.log.add("failed", `${callback} ${how}: ${messageOf(error)}`, stackOf(error), fault.source === "widget");
  }

  /**
   * Something failed later, outside a callback.
   *
   * @param {string} where
   * @param {unknown} error
   * @param {string} [code] `uncaught`, `request`, `api`, `own-file` or `cors`
   */
  failedLater(where, error, code = "uncaught") {
    const fault = this.fault(error, code);
    this.addTo(this.asyncErrors, fault);
    const isThrown = fault.code === "uncaught" && fault.source === "widget";
    this.log.add("failed", `${where}: ${fault.message}`, stackOf(error), isThrown);
    if (code === "own-file") this.warn("own-file", `${messageOf(error)}: a file of the widget`);
  }

  /** A request to another machine was not sent. @param {string} address */
  blocked(address) {
    const message = `${address} was blocked: the preview reaches only this machine`;
    this.addTo(this.asyncErrors, { message, base: message, source: "host", code: "blocked" });
  }

  /** Do not repeat in later visits what one visit has reported. */
  addTo(faults, fault) {
    const { base } = fault;
    if (!this.isAgain || !faults.some((known) => known.base === base)) faults.push(fault);
  }

  /** The widget lacks a callback that the platform requires, and does not run. @param {string} message */
  missing(message) {
    this.log.add("failed", message);
    if (this.errors.some((fault) => fault.message === message)) return;
    this.errors.push({ message, source: "widget", code: "missing" });
  }

  /**
   * Until the end of this task, attribute errors to an answer that the preview gave in place of another server.
   *
   * @param {string} label the request
   */
  follow(label) {
    this.follows = label;
    this.answers += 1;
    const answer = this.answers;
    const end = () => {
      if (this.answers === answer) this.follows = "";
    };
    // an unhandled rejection is reported in the next task
    ourTimeout(() => ourTimeout(end));
  }

  fault(error, code) {
    const message = messageOf(error);
    const fault = { message, base: message, source: sourceOf(error), code, at: placeText(error) };
    const follows = (from, why, kind) =>
      Object.assign(fault, { message: `${message} (follows from ${from}: ${why})`, source: "host", code: kind });
    if (this.follows && code !== "callback") return follows(this.follows, "not sent", "follows");
    if (this.isOfAbsent(error)) return follows(this.absent.member, "not in the preview", "absent");
    return fault;
  }

  /** Whether the error comes from a member that the CRM has and the preview lacks. */
  isOfAbsent(error) {
    if (!this.absent || !(error instanceof TypeError) || !ABSENT.test(error.message)) return false;
    return placeOfError(String(error.stack))?.file === this.absent.file;
  }

  /**
   * The host itself failed while drawing or driving a page.
   *
   * @param {string} where
   * @param {unknown} error
   */
  broke(where, error) {
    this.errors.push({ message: messageOf(error), source: sourceOf(error), code: "page" });
    this.log.add("failed", `${where}: ${messageOf(error)}`, stackOf(error));
  }

  /**
   * The widget does what the platform does not accept, or what causes trouble later. Each is reported once a run.
   *
   * @param {string} code for programs
   * @param {string} message
   * @param {string} [detail]
   * @param {string} [about] key for repetitions; the newest message about it is kept
   */
  warn(code, message, detail = "", about = message) {
    if (!this.warnings.has(about)) this.log.add("warned", message, detail);
    this.warnings.set(about, { code, message });
  }

  /** Report a fact that is not a fault. @param {string} code @param {string} message */
  note(code, message) {
    this.log.add("note", message);
    this.notes.set(message, { code, message });
  }

  /**
   * Run host code that may call the widget's event handlers.
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

  /**
   * @param {string} member such as `APP.foo`
   * @param {string} [near] an existing member with a similar name: then it is the widget's mistake
   */
  readUnknown(member, near = "") {
    if (member.startsWith("APP.")) this.missed(near ? null : member);
    if (this.unknown.has(member)) return;
    this.unknown.add(member);
    this.log.add("warned", `${member} is not in the preview`);
  }

  /** Until the end of this task an error may result from a missing member. @param {string | null} member */
  missed(member) {
    const absent = member && { member, file: placeOfError(String(new Error().stack))?.file };
    this.absent = absent;
    ourTimeout(() => this.absent === absent && (this.absent = null));
  }

  /** @returns {object} this report's part of the JSON */
  toJSON() {
    return {
      called: this.called,
      warnings: [...this.warnings.values()],
      notes: [...this.notes.values()],
      errors: this.errors,
      async_errors: this.asyncErrors,
      unknown_members: [...this.unknown].sort(),
    };
  }
}

function stackOf(error) {
  return String((error && error.stack) || "").replaceAll(location.origin, "");
}

/** Return a value that JSON can hold as it is; of any other a one-line description. */
function toPlain(value, log) {
  if (value === undefined || value === null || typeof value === "boolean" || typeof value === "number") {
    return value ?? null;
  }
  return typeof value === "string" ? value.slice(0, 2000) : log.show(value);
}
