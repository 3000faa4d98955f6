/** The bar below the top while the preview's server does not answer, or answers but not to this page. */

import { fill, h } from "./dom.js";

export function buildGone() {
  const element = h(".bar.bar_bad", { role: "alert", hidden: true });
  const show = (...parts) => {
    element.hidden = !parts.length;
    fill(element, ...parts);
  };
  return {
    element,
    /** @param {string} command what starts the server again */
    showStopped: (command) =>
      show(
        h("strong", {}, "The preview has stopped."),
        h("span", {}, "Start it again and open the address that it prints; this page then continues:"),
        h("code.bar__command", {}, command || "kommo-widget preview"),
      ),
    /** A preview makes a new token each time it starts. */
    showRestarted: () =>
      show(
        h("strong", {}, "The preview was restarted."),
        h("span", {}, "Open the address that it has printed in this browser; this page then continues."),
      ),
    hide: () => show(),
  };
}
