/** Lists: one that the widget has taken over with `setSdkCatalogId`, whose elements open the widget's own card. */

import { drawPage, notice } from "../crm.js";
import { h } from "../ui/dom.js";
import { quiet } from "../quiet.js";
import { click, tryButtons } from "../user.js";
import * as settings from "./settings.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  const catalogs = stage.demo.data.catalogs || [];
  const page = { stage, opened: null };
  if (!stage.catalogId) await bind(stage);
  const catalog = catalogs.find(({ id }) => id === stage.catalogId) || catalogs[0];
  stage.enter("catalogs", { id: catalog?.id });
  stage.panel.remove();
  page.elements = catalog?.elements || [];
  page.openElement = (element) => openElement(stage, catalog, element);
  drawPage(
    stage,
    { title: catalog?.name || "List", crumbs: "Lists" },
    status(stage, catalog),
    h(
      "ul.crm-list",
      {},
      page.elements.map((element) =>
        h(
          "li",
          {},
          h(
            "button.crm-list__item",
            {
              type: "button",
              onclick: () => page.openElement(element),
            },
            element.name,
          ),
        ),
      ),
    ),
  );
  await stage.startWidget();
  return page;
}

export async function drive(stage, page) {
  click(document.querySelector(".crm-list button"));
  await quiet(stage, 60);
  await tryButtons(stage);
}

/** Save the settings first: the widget usually takes the list over in `onSave`. */
async function bind(stage) {
  const page = await settings.open(stage);
  await page.fillIn();
  await page.pressSave();
  page.close();
  await stage.leave();
}

function status(stage, catalog) {
  if (stage.catalogId) {
    const known =
      catalog?.id === stage.catalogId
        ? ""
        : ` The demo account has no list ${stage.catalogId}: its first list is shown.`;
    return notice(
      `List ${stage.catalogId} belongs to the widget`,
      `Its elements open loadCatalogElement, not the standard card.${known}`,
    );
  }
  return notice(
    "No list belongs to the widget",
    "setSdkCatalogId was not called in onSave, so loadCatalogElement is never called.",
  );
}

async function openElement(stage, catalog, element) {
  if (!stage.catalogId) {
    stage.report.warn("no-catalog", "the standard card would open: the widget never called setSdkCatalogId");
    return;
  }
  await stage.call("loadCatalogElement", [
    {
      id: element.id,
      name: { text: element.name },
      catalog_id: catalog.id,
      custom_fields_values: element.custom_fields_values || [],
    },
  ]);
}
