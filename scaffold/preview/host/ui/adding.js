/** "+ area": the command that adds an area to the project. */

import { fill, h } from "./dom.js";

/** @param {Array<{area: string, title: string, command: string, first: string}>} toAdd */
export function adding(toAdd) {
  if (!toAdd.length) return "";
  const shown = h(".adding__command", { "aria-live": "polite" });
  const show = ({ command, first }) =>
    fill(
      shown,
      first && [h("p", {}, "First turn this folder into a project:"), h("code", {}, first)],
      h("p", {}, first ? "Then add the area:" : "Run this where you started the preview:"),
      h("code", {}, command),
    );
  const select = h(
    "select",
    { "aria-label": "Area to add", onchange: () => show(toAdd[select.selectedIndex]) },
    toAdd.map(({ area, title }) => h("option", { value: area }, title)),
  );
  show(toAdd[0]);
  return h("details.adding", {}, h("summary", {}, "+ area"), select, shown);
}
