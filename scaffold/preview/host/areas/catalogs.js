/** Lists: a list that the widget took over with `setSdkCatalogId`; its elements open the widget's own card. */

import { drawPage, notice } from "../crm.js";
import { h } from "../ui/dom.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  const catalogs = stage.demo.data.catalogs || [];
  const page = { stage, opened: null };
  await bind(stage);
  const catalog = catalogs.find(({ id }) => id === stage.catalogId) || catalogs[0];
  stage.enter("catalogs", { id: catalog?.id });
  stage.panel.remove();
  page.elements = catalog?.elements || [];
  page.openElement = (element) => openElement(stage, catalog, element);
  drawPage(stage, { title: catalog?.name || "List", crumbs: "Lists" }, status(stage, catalog),
    h("ul.crm-list", {}, page.elements.map((element) => h("li", {}, h("button.crm-list__item", {
      type: "button", onclick: () => page.openElement(element),
    }, element.name)))));
  await stage.startWidget();
  return page;
}

export async function drive(stage, page) {
  if (page.elements[0]) await page.openElement(page.elements[0]);
}

/** The list is bound when the settings are saved: the usual place is `onSave`, which runs first. */
async function bind(stage) {
  stage.enter("settings");
  await stage.startWidget();
  await stage.call("onSave", [{ active: "Y", fields: readSaved(stage) }], { always: true });
  await stage.leave();
}

function readSaved(stage) {
  const codes = Object.keys(stage.manifest.settings || {});
  return Object.fromEntries(codes.map((code) => [code, stage.settings[code] ?? ""]));
}

function status(stage, catalog) {
  if (stage.catalogId) {
    const known = catalog?.id === stage.catalogId ? "" : ` The demo account has no list ${stage.catalogId}: its first list is shown.`;
    return notice(`List ${stage.catalogId} belongs to the widget`, `Its elements open loadCatalogElement, not the standard card.${known}`);
  }
  return notice("No list belongs to the widget", "setSdkCatalogId was not called in onSave, so loadCatalogElement is never called.");
}

async function openElement(stage, catalog, element) {
  if (!stage.catalogId) {
    stage.log.add("warned", "the standard card would open: the widget never called setSdkCatalogId");
    return;
  }
  await stage.call("loadCatalogElement", [{
    id: element.id, name: { text: element.name }, catalog_id: catalog.id, custom_fields_values: element.custom_fields_values || [],
  }]);
}
