/** The container of a page of the widget's own. */

import { h } from "../ui/dom.js";

const LATE_MS = 400;
const ourTimeout = window.setTimeout.bind(window);

/** The container that the widget fills; with the answer `lateContainer` it appears after `render`. */
export function workArea(stage) {
  const area = h("div", { id: `work-area-${stage.widget.code}`, class: "work-area" });
  const holder = h("#list_page_holder.list-page-holder", {}, stage.answers.lateContainer ? null : area);
  const ready = stage.answers.lateContainer
    ? new Promise((resolve) =>
        ourTimeout(() => {
          holder.append(area);
          resolve();
        }, LATE_MS),
      )
    : Promise.resolve();
  return { holder, ready };
}
