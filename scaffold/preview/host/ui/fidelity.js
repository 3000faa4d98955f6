/** How close the preview of an area is to the real page: badge, dots and legend. */

import { h } from "./dom.js";

export const MEANING = {
  truthful: "documented behaviour, confirmed by a second source",
  approximate: "the callbacks are documented; the page around them is simplified",
  unknown: "not published by the vendor: the widget is initialised, and nothing else is shown",
};

/** @param {string} fidelity @returns {HTMLElement} */
export function dot(fidelity) {
  return h("span.areas__dot", { class: `areas__dot_${fidelity}`, role: "img", "aria-label": fidelity, title: fidelity });
}

/** @returns {HTMLElement} what the dots and the badges mean */
export function legend() {
  return h(
    "details.legend",
    { open: true },
    h("summary", {}, "How close to the CRM"),
    h(
      "dl",
      {},
      Object.entries(MEANING).map(([word, meaning]) =>
        h("div", {}, h("dt", {}, h("span.areas__dot", { class: `areas__dot_${word}`, "aria-hidden": "true" }), word), h("dd", {}, meaning)),
      ),
    ),
  );
}
