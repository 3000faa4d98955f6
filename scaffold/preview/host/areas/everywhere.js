/** Everywhere: the widget runs on any page, without a slot in the panel; the menu changes the page. */

import { drawPage, notice } from "../crm.js";
import { quiet } from "../quiet.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  stage.enter("everywhere");
  stage.panel.remove();
  const how = stage.initOnce
    ? "init_once: the widget object stays; each change of page calls render and triggers page:changed."
    : "Each change of page calls destroy, and then render, init and bind_actions on the next one.";
  drawPage(
    stage,
    { title: "Dashboard" },
    notice("Any page of the account", `${how} Use the menu to change the page.`),
  );
  await stage.startWidget();
  return {};
}

/** From page to page, and back. */
export async function drive(stage) {
  for (const code of ["llist", "lcard", "everywhere"]) {
    await stage.show(code);
    await quiet(stage, 60);
  }
}
