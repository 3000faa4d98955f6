/** What is shown above or instead of the stage: the area, an error in a file, a widget that cannot be read. */

import { fill, h } from "./dom.js";
import { MEANING } from "./fidelity.js";
import { placeLink } from "./place-link.js";

/** @param {HTMLElement} heading @param {object | undefined} area its row @param {string} code */
export function showHeading(heading, area, code) {
  if (!area) {
    fill(
      heading,
      h("h2.stage-heading__title", {}, code || "No area declared"),
      h("p.stage-heading__gives", {}, "Not declared in the manifest"),
    );
    return;
  }
  fill(
    heading,
    h("h2.stage-heading__title", {}, area.title),
    h("span.badge", { class: `badge_${area.fidelity}`, title: MEANING[area.fidelity] }, area.fidelity),
    area.in_kommo_docs === false &&
      h("span.badge", { title: "Not on the vendor's current pages" }, "older pages only"),
    h("p.stage-heading__gives", {}, area.gives),
    area.try && h("p.stage-heading__try", {}, h("strong", {}, "Try this: "), area.try),
    area.url &&
      h("a.stage-heading__link", { href: area.url, target: "_blank", rel: "noreferrer" }, "Vendor's page"),
  );
}

/** @param {HTMLElement} alert @param {{message: string, file?: string, line?: number, column?: number, code?: string,
 *   note?: string} | null} error `code`: the line of the file */
export function showAlert(alert, error) {
  alert.hidden = !error;
  if (!error) return;
  const place = placeLink({ path: error.file, line: error.line, column: error.column });
  fill(
    alert,
    place && h("strong", {}, place),
    h("span", {}, error.message || ""),
    error.code && h("pre.stage-alert__code", {}, error.code),
    error.note && h("span", {}, error.note),
  );
}

/** @param {HTMLElement} holder @param {{readable: boolean, problems: string[]}} widget */
export function showProblems(holder, widget) {
  holder.querySelector(".stage-problems")?.remove();
  if (widget.readable) return;
  holder.append(
    h(
      ".stage-problems",
      { role: "alert" },
      h("h2", {}, "The widget cannot be loaded"),
      h(
        "ul",
        {},
        (widget.problems || []).map((problem) => h("li", {}, String(problem.message || problem))),
      ),
    ),
  );
}
