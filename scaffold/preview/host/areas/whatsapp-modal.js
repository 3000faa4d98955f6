/** The WhatsApp chooser of lead sources: a click on the integration opens its settings. */

import { drawPage, notice } from "../crm.js";
import { h } from "../ui/dom.js";
import { quiet } from "../quiet.js";
import { click } from "../user.js";
import { SettingsPage } from "./settings.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  stage.enter("whatsapp_modal");
  stage.panel.remove();
  const page = new SettingsPage(stage);
  drawPage(
    stage,
    { title: "WhatsApp", crumbs: "Lead sources" },
    notice(
      "Choose an integration",
      "The chooser lists integrations that send WhatsApp messages; a click opens the " +
        "installation window. Nothing more is documented.",
    ),
    h(".crm-tiles", {}, page.tile),
  );
  await page.start();
  return page;
}

export async function drive(stage, page) {
  click(page.tile);
  await quiet(stage, 60);
}

export const pose = () => {};
