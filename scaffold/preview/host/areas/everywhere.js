/** Everywhere: the widget runs on any page, without a place of its own; the menu changes the page. */

import { drawPage, notice } from "../crm.js";
import { h } from "../ui/dom.js";
import { quiet } from "../quiet.js";
import { drawBoard } from "./board.js";
import { money } from "./stages.js";

/**
 * @param {import("../stage.js").Stage} stage
 * @param {object} area
 * @param {{board?: boolean}} [options] `board`: the board of leads, in place of the dashboard
 */
export async function open(stage, area, { board = false } = {}) {
  if (board) drawBoard(stage);
  else drawDashboard(stage);
  await stage.startWidget();
  return {};
}

function drawDashboard(stage) {
  stage.enter("everywhere");
  stage.panel.remove();
  const how = stage.initOnce
    ? "init_once: the widget object is kept; each change of page calls render and triggers page:changed."
    : "Each change of page calls destroy, and then render, init and bind_actions on the next one.";
  drawPage(
    stage,
    { title: "Dashboard" },
    notice("Any page of the account", `${how} Use the menu to change the page.`),
    h(".crm-tiles", {}, figures(stage)),
  );
}

/** The figures of the dashboard, from the account's current data. */
function figures(stage) {
  const [leads, tasks] = [stage.demo.list("leads"), stage.demo.list("todo")];
  const sum = leads.reduce((total, { price }) => total + (price || 0), 0);
  const open = tasks.filter((task) => !task.is_completed);
  return [
    ["Leads", leads.length, money(stage, sum)],
    ["Contacts", stage.demo.list("contacts").length, ""],
    ["Open tasks", open.length, open[0]?.text || ""],
  ].map(([title, count, more]) =>
    h(".crm-figure", {}, h("span", {}, title), h("strong", {}, String(count)), h("span", {}, more)),
  );
}

/** From page to page, and back. */
export async function drive(stage) {
  for (const [code, options] of [["llist"], ["lcard"], ["everywhere", { board: true }], ["everywhere"]]) {
    await stage.show(code, options);
    await quiet(stage, 60);
  }
}
