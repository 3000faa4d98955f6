/** How near the preview of an area comes to the real page: the words of the badge, the dots and the legend. */

import { h } from "./dom.js";

export const MEANING = {
  truthful: "as documented, confirmed by a second source",
  approximate: "callbacks as documented, the page around them simplified",
  unknown: "the vendor published no contract: only the start of the widget is shown",
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
    h("summary", {}, "How near to the CRM"),
    h(
      "dl",
      {},
      Object.entries(MEANING).map(([word, meaning]) =>
        h("div", {}, h("dt", {}, h("span.areas__dot", { class: `areas__dot_${word}`, "aria-hidden": "true" }), word), h("dd", {}, meaning)),
      ),
    ),
  );
}
