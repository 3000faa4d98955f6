/** The area switcher: a grouped list on a wide screen, a select on a narrow one. */

import { adding } from "./adding.js";
import { fill, h } from "./dom.js";
import { dot, legend } from "./fidelity.js";

/** @param {(code: string) => void} onChoose */
export function buildAreas(onChoose) {
  const element = h("nav.areas", { "aria-label": "Areas" });
  const select = h("select.areas-select", { "aria-label": "Area", onchange: () => onChoose(select.value) });
  element.addEventListener("keydown", (event) => step(element, event));
  return {
    element,
    select,
    fill(areas, toAdd) {
      const groups = groupBy(areas);
      fill(
        element,
        areas.length ? "" : h("p.areas__empty", {}, "The manifest has no locations."),
        [...groups].map(([title, members]) =>
          h(
            ".areas__group",
            {},
            h("h2.areas__heading", {}, title),
            h(
              "ul",
              {},
              members.map((area) => h("li", {}, item(area, onChoose))),
            ),
          ),
        ),
        adding(toAdd),
        legend(),
      );
      fill(
        select,
        [...groups].map(([title, members]) =>
          h(
            "optgroup",
            { label: title },
            members.map((area) => h("option", { value: area.area }, area.title)),
          ),
        ),
      );
    },
    mark(code) {
      for (const button of element.querySelectorAll("button")) {
        button.setAttribute("aria-current", button.dataset.area === code ? "page" : "false");
        if (button.dataset.area === code) button.scrollIntoView({ block: "nearest" });
      }
      select.value = code;
    },
  };
}

function groupBy(areas) {
  const groups = new Map();
  for (const area of areas) groups.set(area.group, [...(groups.get(area.group) || []), area]);
  return groups;
}

function item(area, onChoose) {
  return h(
    "button.areas__item",
    { type: "button", "data-area": area.area, title: area.gives, onclick: () => onChoose(area.area) },
    h("span.areas__title", {}, area.title),
    h(
      "span.areas__meta",
      {},
      h("code", {}, area.location),
      dot(area.fidelity),
    ),
  );
}

/** Arrow keys move through the list. */
function step(element, event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const buttons = [...element.querySelectorAll("button")];
  const next = buttons[buttons.indexOf(document.activeElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
