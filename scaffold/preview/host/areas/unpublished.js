/** Areas whose behaviour is not published: the widget is initialised, and nothing else is drawn. */

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
      "Initialised; behaviour not published",
      "The vendor has published what this area is for, but not what it calls or draws. " +
        "The widget's render, init and bind_actions run here; the rest of the page is empty.",
    ),
    ...more,
  );
  await stage.startWidget();
  return {};
}

export const drive = tryButtons;
