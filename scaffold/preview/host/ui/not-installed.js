/** The bar below the top while the widget is disabled. */

import { h } from "./dom.js";

/** @param {() => void} install */
export function buildNotInstalled(install) {
  const element = h(
    ".bar",
    { role: "status", hidden: true },
    h("strong", {}, "The widget is not installed."),
    h("span", {}, "It runs only in its installation window."),
    h("button.bar__button", { type: "button", onclick: install }, "Install again"),
  );
  return {
    element,
    /** @param {string} status of the saved settings */
    show: (status) => {
      element.hidden = status !== "install";
    },
  };
}
