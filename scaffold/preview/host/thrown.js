/** Finds where in the widget's files an exception comes from. */

/** An error that the host words itself, so that its stack does not show who caused it. */
export class Worded extends Error {
  /** @param {string} message @param {"widget" | "host"} source @param {string} [stack] of the original error */
  constructor(message, source, stack = "") {
    super(message);
    this.source = source;
    this.stack = stack;
  }
}

const FRAME = /\/upl\/(?:[^/\s]+\/){1,3}?widget\/([^?:\s)]+)(?:\?[^:\s)]*)?:(\d+):(\d+)/;

/**
 * @param {string} stack
 * @returns {{file: string, line: number, column: number} | null} the innermost location in the widget's own files
 */
export function placeOfError(stack) {
  const found = stack.match(FRAME);
  return found && { file: decoded(found[1]), line: Number(found[2]), column: Number(found[3]) };
}

/** @param {unknown} error @returns {string} `script.js:12:5`; empty if no line of the widget is known */
export function placeText(error) {
  const place = placeOfError(String(error?.stack || ""));
  return place ? `${place.file}:${place.line}:${place.column}` : "";
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Return the content of the alert above the page for an exception: location and line of code.
 *
 * @param {{text: string, detail: string}} entry of the log
 * @param {string} folder the address of the widget's files
 * @returns {Promise<object>}
 */
export async function describeThrown({ text, detail }, folder) {
  const place = placeOfError(detail);
  if (!place) return { message: text };
  const code = await lineOf(`${folder}/${place.file}`, place.line);
  return { ...place, message: text, code };
}

async function lineOf(url, line) {
  try {
    const answer = await fetch(url);
    return answer.ok ? ((await answer.text()).split(/\r?\n/)[line - 1] || "").trim().slice(0, 200) : "";
  } catch {
    return "";
  }
}
