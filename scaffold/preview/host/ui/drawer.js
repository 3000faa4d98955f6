/** Shows the column of areas as a drawer on a narrow screen: a modal dialog, which traps focus and closes on Escape. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const NARROW = matchMedia("(max-width: 860px)");

/** @param {HTMLElement} areas the column, which is in the layout whenever the drawer is closed */
export function buildDrawer(areas) {
  const place = document.createComment("");
  const close = h(
    "button.icon-button.drawer__close",
    { type: "button", "aria-label": "Close", title: "Close", onclick: () => element.close() },
    icon("close"),
  );
  const element = h(
    "dialog.drawer",
    {
      "aria-label": "Areas",
      onclose: () => place.replaceWith(areas),
      onclick: ({ target, clientX }) => {
        const isOutside = target === element && clientX > element.offsetWidth;
        if (isOutside || target.closest("[data-area]")) element.close();
      },
    },
    close,
  );
  const button = h(
    "button.icon-button.top__areas",
    {
      type: "button",
      "aria-label": "Areas, legend and adding an area",
      "aria-haspopup": "dialog",
      title: "Areas",
      onclick: () => {
        areas.replaceWith(place);
        element.append(areas);
        element.showModal();
      },
    },
    icon("list"),
  );
  NARROW.addEventListener("change", () => element.open && element.close());
  return { element, button };
}
