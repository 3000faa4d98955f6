/** The Card SDK: a tab of the widget in a card, with products or content of its own. */

import { button } from "../crm.js";
import { ENTITIES } from "../demo.js";
import { h } from "../ui/dom.js";
import { quiet } from "../quiet.js";
import { productFaults } from "../shapes.js";
import { click, tryButtons, type } from "../user.js";
import { drawCard } from "./card.js";

/** @param {import("../stage.js").Stage} stage @param {{area: string, panel: boolean | null}} area */
export async function open(stage, area) {
  const tab = new SdkTab(stage);
  drawCard(stage, area, { tab: tab.element });
  stage.card.tabs._selected_tab = stage.widget.code;
  await stage.startWidget();
  await tab.load();
  return tab;
}

/** Search, link the first product, save the card. */
export async function drive(stage, tab) {
  type(tab.query, "a");
  if (click(tab.searchButton)) await quiet(stage, 60);
  // a tab with content of its own has no search; the callback is called all the same, as the CRM may
  else await tab.search();
  const choice = tab.choices.querySelector("button");
  if (!click(choice) && tab.found[0]) tab.link(tab.found[0]);
  if (click(tab.saveButton)) await quiet(stage, 60);
  else await tab.save();
  await tryButtons(stage);
}

class SdkTab {
  constructor(stage) {
    this.stage = stage;
    this.entity = "leads";
    Object.assign(this, { preloaded: [], linked: [], found: [], changes: { link: [], unlink: [] } });
    this.query = h("input.text-input", {
      type: "search",
      placeholder: "Search",
      "aria-label": "Search products",
      onkeydown: (event) => event.key === "Enter" && this.search(),
    });
    this.searchButton = button("Search", () => this.search());
    this.saveButton = button("Save card", () => this.save(), "button-input_blue js-button-with-loader");
    this.choices = h("ul.card-sdk__choices");
    this.rows = h(".card-sdk__rows");
    this.own = h("div", { id: stage.widget.code, class: "card-sdk__own" });
    this.products = h(
      ".card-sdk__products",
      { hidden: true },
      h(
        ".card-sdk__search",
        {},
        this.query,
        this.searchButton,
      ),
      this.choices,
      this.rows,
      this.saveButton,
    );
    this.element = h(
      ".card-sdk",
      {},
      h(
        ".card-tabs",
        { role: "tablist" },
        h("span.card-tabs__item", { role: "tab", "aria-selected": "false" }, "Feed"),
        h("span.card-tabs__item.selected", { role: "tab", "aria-selected": "true" }, stage.name),
      ),
      this.own,
      this.products,
    );
  }

  get target() {
    const { type, singular } = ENTITIES[this.entity];
    return { kind: { id: type, type: singular }, type, id: this.stage.card.id };
  }

  /** Open the tab: products to choose from, and those already linked. */
  async load() {
    const { kind, id } = this.target;
    this.preloaded = await this.products_("loadPreloadedData", []);
    this.linked = await this.products_("loadElements", [kind, id]);
    this.products.hidden = !(this.preloaded.length || this.linked.length);
    this.found = this.preloaded;
    this.draw();
  }

  /** A widget without products resolves `{}` or `[]` and fills its own container. */
  async products_(name, args) {
    const { called, ok, value, isPromise } = await this.stage.call(name, args);
    const faults = called && ok ? productFaults(value, Boolean(isPromise)) : [];
    if (faults.length)
      this.stage.report.warn(
        "returned",
        `${name} must return a promise of a list of products: ${faults.slice(0, 3).join(", ")}`,
      );
    return Array.isArray(value) ? value : [];
  }

  async search() {
    const { type, id } = this.target;
    this.found = await this.products_("searchDataInCard", [this.query.value, type, id]);
    this.draw();
  }

  link(product) {
    const known = this.linked.find((item) => item.id === product.id);
    if (known) known.quantity = (known.quantity || 1) + 1;
    else this.linked.push({ ...product, quantity: 1 });
    this.change("link", known || { ...product, quantity: 1 });
  }

  unlink(product) {
    this.linked = this.linked.filter((item) => item.id !== product.id);
    this.change("unlink", product);
  }

  change(kind, product) {
    const others = this.changes[kind].filter((item) => item.to_id !== product.id);
    this.changes[kind] = [
      ...others,
      {
        from: this.target.kind.type,
        from_id: this.target.id,
        to_id: product.id,
        to_widget_id: this.stage.settings.id,
        quantity: product.quantity || 1,
      },
    ];
    this.draw();
  }

  async save() {
    const { changes } = this;
    this.changes = { link: [], unlink: [] };
    if (!changes.link.length && !changes.unlink.length) {
      this.stage.log.add("note", "card saved: nothing was linked, so linkCard is not called");
      return;
    }
    const { called, ok, isPromise } = await this.stage.call("linkCard", [changes]);
    if (called && ok && !isPromise) this.stage.report.warn("returned", "linkCard must return a promise");
  }

  draw() {
    this.choices.replaceChildren(
      ...this.found.map((product) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              onclick: () => this.link(product),
            },
            h("span", {}, String(product.name ?? product.id)),
            h("small", {}, `${product.sku ?? ""} ${product.price ?? ""}`),
          ),
        ),
      ),
    );
    this.rows.replaceChildren(
      ...this.linked.map((product) =>
        h(
          ".card-sdk__row",
          {},
          h("span", {}, String(product.name ?? product.id)),
          h("span", {}, `× ${product.quantity ?? 1}`),
          h("span", {}, String(product.price ?? "")),
          button("Unlink", () => this.unlink(product), "button-cancel"),
        ),
      ),
    );
  }
}
