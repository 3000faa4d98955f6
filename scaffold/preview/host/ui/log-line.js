/** One line of the log, and the heading of a visit. */

import { placeOfError } from "../thrown.js";
import { h } from "./dom.js";
import { layOut } from "./lay-out.js";
import { placeLink } from "./place-link.js";

const SIGNS = { called: "→", returned: "←", asked: "○", failed: "✕", warned: "!", note: "·" };
const WORDS = {
  called: "host called",
  returned: "returned",
  asked: "widget called",
  failed: "failed",
  warned: "warning",
  note: "note",
};

/** @param {object} entry of `log.js` @param {string | undefined} meaning the callback's purpose */
export function logLine({ at, kind, text, area, detail }, meaning) {
  const place = kind === "failed" && placeOfError(detail);
  const what = h("span.log__what", {}, text);
  const body = detail
    ? h(
        "details.log__more",
        {},
        h("summary", {}, what),
        h("pre", { tabindex: 0 }, kind === "failed" ? detail : layOut(detail)),
      )
    : h("span.log__text", {}, what);
  // a link in a summary would open it, too
  const link = place && h("span.log__place", {}, placeLink({ path: place.file, line: place.line, column: place.column }));
  return h(
    "li.log__line",
    { class: `log__line_${kind}`, "data-kind": kind, title: meaning },
    h("span.log__sign", { role: "img", "aria-label": WORDS[kind], title: WORDS[kind] }, SIGNS[kind]),
    h(".log__body", {}, body, link),
    h("time.log__time", { title: area }, timeOf(at)),
  );
}

/** @param {object} entry @param {number} visit how often the area has been open, including this time */
export function logHeading({ at, text }, visit) {
  return h(
    "li.log__heading",
    {},
    h("strong", {}, text),
    visit > 1 && h("span", {}, `visit ${visit}`),
    h("time.log__time", {}, timeOf(at)),
  );
}

/** A fold for lines that repeat earlier ones literally. */
export function logFold() {
  const summary = h("summary");
  const list = h("ol");
  const element = h("li.log__fold", {}, h("details", {}, summary, list));
  const names = new Set();
  return {
    element,
    add(line, name) {
      list.append(line);
      names.add(name);
      summary.textContent = `${[...names].join(", ")} as before`;
    },
  };
}

function timeOf(at) {
  return new Date(at).toTimeString().slice(0, 8);
}
