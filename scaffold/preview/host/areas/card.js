/** Cards: the widget's block in the right-hand panel of a lead, contact, company or customer. */

import { button, drawPage } from "../crm.js";
import { h } from "../ui/dom.js";
import { cardModel } from "./card-model.js";
import { tryButtons } from "../user.js";
import { cardColumns } from "./card-page.js";
import { refreshFeed } from "./feed.js";

/** A new card first, then a saved one, which stays. */
export const visits = [{ fresh: true }, { fresh: false }];

/**
 * @param {import("../stage.js").Stage} stage
 * @param {{area: string, panel: boolean | null}} area
 * @param {{fresh?: boolean, id?: number}} [options] `fresh`: a card that is not saved yet; `id`: whose card
 */
export async function open(stage, area, { id, fresh = !id && stage.answers.card === "new" } = {}) {
  const page = drawCard(stage, area, { fresh, id });
  await stage.startWidget();
  return page;
}

export const drive = tryButtons;

/** Save and Cancel of a card, which appear when a field changes; nothing is stored. */
function saveButtons(stage, form) {
  const save = button("Save", () => stage.log.add("note", "the user saves the card"), "button-input_blue js-button-with-loader");
  save.hidden = true;
  form.addEventListener("input", () => (save.hidden = false));
  return [save];
}

/** Draw a card without starting the widget: the Card SDK puts its tab into one. */
export function drawCard(stage, area, { fresh = false, tab = null, id } = {}) {
  const entity = stage.state.places[area.area].base_entity;
  const all = stage.demo.list(entity);
  const saved = all.find((one) => one.id === id) || all[0] || { id: 1, name: "" };
  const item = fresh
    ? { id: 0, name: "", price: 0, pipeline_id: saved.pipeline_id, status_id: saved.status_id }
    : saved;
  stage.enter(area.area, { id: item.id, url: fresh ? `/${entity}/add/` : undefined });
  const columns = cardColumns(stage, entity, item, tab);
  const panel = area.panel ? stage.panel.create({ visible: true }) : [];
  if (!area.panel) stage.panel.remove();
  const title = item.name || `New ${stage.place.title.toLowerCase()}`;
  const layout = h(".card-layout", { class: panel.length ? "card-layout_panel" : "" }, columns.holder, panel);
  drawPage(stage, { title, crumbs: stage.place.title, buttons: saveButtons(stage, columns.form) }, layout);
  stage.cardData = { entity, item };
  stage.card = cardModel(stage, entity, item, columns);
  return { refresh: () => refreshFeed(stage, entity, item, columns.holder) };
}
