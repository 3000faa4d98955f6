/** The widget's page inside Settings. */

import { drawPage } from "../crm.js";
import { tryButtons } from "../user.js";
import { workArea } from "./work-area.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  stage.enter("advanced_settings", { alias: stage.answers.advancedCode });
  stage.panel.remove();
  const { holder, ready } = workArea(stage);
  drawPage(
    stage,
    { title: stage.text(stage.manifest.advanced?.title) || stage.name, crumbs: "Settings" },
    holder,
  );
  await stage.startWidget();
  await ready;
  await stage.call("advancedSettings");
  return {};
}

export const drive = tryButtons;
