/** The table of a list: rows with the classes that widgets query. */

import { h } from "../ui/dom.js";
import { cardLink } from "./board.js";
import { phoneLink } from "./contact-points.js";
import { money, stageName } from "./stages.js";

/** Entity -> columns: title and a function that returns the cell. */
const COLUMNS = {
  leads: [
    ["Name", (stage, item) => cardLink(stage, "leads", item)],
    ["Contact", (stage, item) => stage.demo.cardContacts({ entity: "leads", item })[0]?.name || ""],
    ["Stage", (stage, item) => stageName(stage, item)],
    ["Sale", (stage, item) => money(stage, item.price)],
  ],
  contacts: [
    ["Name", (stage, item) => cardLink(stage, "contacts", item)],
    ["Phone", (stage, item) => point(stage, item, "PHONE")],
    ["E-mail", (stage, item) => point(stage, item, "EMAIL")],
  ],
  customers: [
    ["Name", (stage, item) => cardLink(stage, "customers", item)],
    ["Next purchase", (stage, item) => money(stage, item.next_price)],
  ],
  todo: [
    ["Task", (stage, item) => item.text],
    ["Until", (stage, item) => new Date((item.complete_till || 0) * 1000).toISOString().slice(0, 10)],
  ],
};

function point(stage, item, code) {
  const [value] = stage.demo.values(item, code);
  return value ? h("span.control-phone.control-phone_filled", {}, phoneLink(stage, code, value)) : "";
}

/**
 * @param {import("../stage.js").Stage} stage
 * @param {string} entity
 * @param {object[]} items
 * @param {() => void} onTick
 */
export function listTable(stage, entity, items, onTick) {
  const columns = COLUMNS[entity];
  const rows = items.map((item) => row(stage, columns, item, onTick));
  const all = h("input", {
    type: "checkbox",
    "aria-label": "Select all",
    onchange: (event) =>
      rows.forEach((line) => {
        const box = line.querySelector("input");
        if (!line.hidden && box.checked !== event.target.checked) box.click();
      }),
  });
  const head = h(
    ".list-row.list-row-head",
    { role: "row" },
    h(".list-row__cell.list-row__cell-id", { role: "columnheader" }, all),
    columns.map(([title]) => h(".list-row__cell", { role: "columnheader" }, title)),
  );
  return { rows, table: h("#list_table.list__table", { role: "table" }, head, rows) };
}

function row(stage, columns, item, onTick) {
  const label = h(
    "label.control-checkbox",
    {},
    h(
      "span.control-checkbox__body",
      {},
      h("input", {
        type: "checkbox",
        value: String(item.id),
        "aria-label": `Select ${item.name || item.text || item.id}`,
      }),
      h("span.control-checkbox__helper"),
    ),
  );
  label.querySelector("input").addEventListener("change", ({ target }) => {
    label.classList.toggle("is-checked", target.checked);
    onTick();
  });
  return h(
    ".list-row.js-list-row",
    { "data-id": item.id, role: "row" },
    h(".list-row__cell.list-row__cell-id", { role: "cell", "data-id": item.id }, label),
    columns.map(([, cell], index) =>
      h(
        ".list-row__cell",
        {
          role: "cell",
          class: index === 0 ? "list-row__cell-name" : "",
        },
        cell(stage, item),
      ),
    ),
  );
}
