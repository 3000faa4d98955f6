/** Loads the widget's script.js, and explains in one line why it is not a widget. */

import { WAIT_S } from "./loader.js";
import { messageOf } from "./log.js";
import { placeText, Worded } from "./thrown.js";

/**
 * Load the widget's script.js.
 *
 * @param {string} path folder of the widget, e.g. `/upl/acme/1.0.0/widget`
 * @param {string} version
 * @returns {Promise<Function>} the constructor that the module returned
 * @throws {Error} one line: why the script is not a widget
 */
export function loadScript(path, version) {
  const url = `${path}/script.js?v=${encodeURIComponent(version)}`;
  return new Promise((resolve, reject) => {
    let fault = null;
    const remember = (event) => (fault ??= faultOf(event));
    const settle = (act) => (value) => {
      window.removeEventListener("error", remember);
      act(value);
    };
    window.addEventListener("error", remember);
    const refuse = settle((error) => reject(plainError(error)));
    requirejs(
      [url],
      settle((module) => {
        if (isConstructor(module)) resolve(module);
        else reject(fault || new Error(`${whatCame(module)}: the module must return a constructor`));
      }),
      refuse,
    );
  });
}

/** Test without running it: arrow functions and async functions are functions, but not constructors. */
function isConstructor(module) {
  if (typeof module !== "function") return false;
  try {
    Reflect.construct(Object, [], module);
    return true;
  } catch {
    return false;
  }
}

function whatCame(module) {
  if (module === undefined)
    return "script.js never calls define(), names its module there, or its module returns nothing";
  if (typeof module === "function") return "script.js defines an arrow function or an async one";
  return `script.js defines ${Array.isArray(module) ? "a list" : `a value of type ${typeof module}`}`;
}

/** A file that does not parse, or throws before `define`, is reported to the window only. */
function faultOf({ error, message, filename, lineno, colno }) {
  if (!error || !filename) return null;
  const file = new URL(filename, location.origin).pathname.replace(/^\/upl\/[^/]+\/[^/]+\/widget\//, "");
  return new Error(`${file}:${lineno}:${colno}: ${message.replace(/^Uncaught /, "")}`);
}

/**
 * Turn the error of RequireJS for a missing file into one that names the file, without details of the loader.
 *
 * @param {Error & {requireModules?: string[], requireType?: string}} error
 * @returns {Error}
 */
export function plainError(error) {
  const modules = (error.requireModules || []).map((id) => id.replace(/\?.*$/, ""));
  if (error.requireType === "scripterror") return new Worded(`could not load ${modules.join(", ")}`, "widget");
  if (error.requireType === "timeout")
    return new Worded(`no answer from ${modules.join(", ")} within ${WAIT_S} seconds`, "widget");
  // a module of the widget threw while it was being defined
  const place = error instanceof Worded ? "" : placeText(error);
  return place ? new Worded(`${place}: ${messageOf(error)}`, "widget", error.stack) : error;
}
