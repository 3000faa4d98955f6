/** Areas whose contract nobody published: the widget is initialised, and nothing is invented around it. */

import { drawPage, notice } from "../crm.js";
import { tryButtons } from "../user.js";

/** @param {import("../stage.js").Stage} stage @param {{area: string, title: string}} area */
export async function open(stage, area) {
  stage.enter(area.area);
  stage.panel.remove();
  const description = area.area === "ai_agent" ? stage.text("widget.ai_agent_description") : "";
  const more =
    description && description !== "widget.ai_agent_description"
      ? [notice("Text from widget.ai_agent_description", description)]
      : [];
  drawPage(
    stage,
    { title: area.title, crumbs: "Settings" },
    notice(
      "Initialised, contract unpublished",
      "The vendor says what this area is for, and not what it calls or draws. " +
        "The widget's render, init and bind_actions run here; the page around it is left empty.",
    ),
    ...more,
  );
  await stage.startWidget();
  return {};
}

export const drive = tryButtons;
