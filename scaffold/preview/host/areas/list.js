/** Lists: rows with checkboxes, the bar that they open, and the widget in the bar's More menu. */

import { drawPage } from "../crm.js";
import { ENTITIES } from "../demo.js";
import { h } from "../ui/dom.js";
import { quiet } from "../quiet.js";
import { click, tryButtons } from "../user.js";
import { viewSwitch } from "./board.js";
import { listTable } from "./list-table.js";

/** @param {import("../stage.js").Stage} stage @param {{area: string, panel: boolean | null}} area */
export async function open(stage, area) {
  const entity = stage.state.places[area.area].base_entity;
  stage.enter(area.area);
  const page = new ListPage(stage, entity);
  const panel = area.panel ? stage.panel.create({ visible: false }) : [];
  if (!area.panel) stage.panel.remove();
  const buttons = [entity === "leads" && viewSwitch(stage, "list"), page.search];
  drawPage(stage, { title: stage.place.title, buttons }, page.bar, h("#list_page_holder.list-page-holder", {}, page.table), ...panel);
  stage.list = page.items.map((item) => ({ id: item.id, name: item.name, checked: false }));
  stage.page = page;
  await stage.startWidget();
  warnOfOldNames(stage, entity);
  return page;
}

export async function drive(stage, page) {
  for (const row of page.rows.slice(0, 2)) click(row.querySelector("input"));
  click(page.more);
  if (!click(page.entry))
    stage.report.warn("not-usable", "the entry in the More menu cannot be clicked: the widget has removed it");
  await quiet(stage, 60);
  await tryButtons(stage);
}

/** Many widgets have `tasks.selected`; the documented name is `todo.selected`. */
function warnOfOldNames(stage, entity) {
  if (entity === "todo" && stage.lifecycle?.has("tasks.selected")) {
    stage.report.warn("never-called", "callbacks.tasks.selected is never called: the documented name is todo.selected");
  }
}

class ListPage {
  constructor(stage, entity) {
    this.stage = stage;
    this.entity = entity;
    this.items = stage.demo.list(entity);
    const { table, rows } = listTable(stage, entity, this.items, () => this.changed());
    Object.assign(this, { table, rows });
    this.search = h("input.text-input.list-top-search__input", {
      type: "search",
      placeholder: "Search",
      "aria-label": "Search the list",
      oninput: () => this.filter(),
    });
    this.bar = this.drawBar();
  }

  drawBar() {
    this.count = h("span.list-multiple-actions__count");
    this.menu = h(
      "ul.button-input__context-menu",
      { hidden: true },
      h(
        "li.button-input__context-menu__item",
        {},
        (this.entry = h(
          "button.list-multiple-actions__widget",
          { type: "button", onclick: () => this.choose() },
          this.stage.name,
        )),
      ),
    );
    this.more = h(
      "button.button-input.button-input-more",
      {
        type: "button",
        "aria-haspopup": "menu",
        onclick: () => {
          this.menu.hidden = !this.menu.hidden;
        },
      },
      h("span.button-input__context-menu__toggle", {}, "More"),
    );
    const item = (type, title) =>
      h(
        "button.list-multiple-actions__item.js-list-multiple-actions__item",
        {
          type: "button",
          "data-type": type,
          "data-params": "{}",
        },
        title,
      );
    return h(
      "#list_multiple_actions.list-multiple-actions",
      { hidden: true },
      this.count,
      item("reassign", "Reassign"),
      item("delete", "Delete"),
      h(".list-multiple-actions__more", {}, this.more, this.menu),
    );
  }

  /** The rows that `list_selected` counts: ticked and visible. */
  get ticked() {
    return this.rows.filter((row) => !row.hidden && row.querySelector("input").checked);
  }

  changed() {
    const ids = new Set(this.ticked.map((row) => row.dataset.id));
    this.bar.hidden = ids.size === 0;
    this.count.textContent = `${ids.size} selected`;
    if (!ids.size) this.menu.hidden = true;
    this.stage.list?.forEach((item) => {
      item.checked = ids.has(String(item.id));
    });
    this.stage.report.guard("list:checkbox", () => this.stage.$(this.table).trigger("list:checkbox"));
  }

  filter() {
    const query = this.search.value.toLowerCase();
    this.rows.forEach((row) => {
      row.hidden = !row.textContent.toLowerCase().includes(query);
    });
    this.changed();
  }

  /** The user chooses the widget in the More menu. */
  async choose() {
    this.menu.hidden = true;
    this.stage.panel.overlay(true);
    const name = `${this.entity}.selected`;
    if (this.entity === "customers") {
      this.stage.log.add("note", "no callback is documented for the customers list");
      return;
    }
    // a list that is declared only for add_action needs no callback
    await this.stage.call(name, [], { optional: this.stage.actions.size > 0 });
  }

  /** @returns {object} the union of both documented shapes */
  selection() {
    const { demo } = this.stage;
    const selected = this.ticked.map((row) => {
      const item = this.items.find(({ id }) => String(id) === row.dataset.id);
      const { phones, emails } = pointsOf(demo, this.entity, item);
      return { id: item.id, type: ENTITIES[this.entity].singular, emails, phones };
    });
    const count = (key) => selected.reduce((sum, item) => sum + item[key].length, 0);
    return {
      count_selected: selected.length,
      selected,
      summary: { items: selected.length, emails: count("emails"), phones: count("phones") },
    };
  }
}

/** Phones and e-mails of a row: the contact's own, or those of the linked contacts. */
function pointsOf(demo, entity, item) {
  if (entity === "todo") return { phones: [], emails: [] };
  const contacts = demo.cardContacts({ entity, item });
  return {
    phones: contacts.flatMap((contact) => contact.phones),
    emails: contacts.flatMap((contact) => contact.emails),
  };
}
