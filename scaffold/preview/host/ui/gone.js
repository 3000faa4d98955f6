/** The bar that stands under the top while the preview's server does not answer. */

import { fill, h } from "./dom.js";

export function buildGone() {
  const element = h(".bar.bar_bad", { role: "alert", hidden: true });
  return {
    element,
    /** @param {string | null} command what starts the server again; null: it is there */
    show(command) {
      element.hidden = command === null;
      if (command === null) return;
      fill(
        element,
        h("strong", {}, "The preview's server has stopped."),
        h("span", {}, "Start it again, and this page goes on by itself:"),
        h("code.bar__command", {}, command || "kommo-widget preview"),
      );
    },
  };
}
