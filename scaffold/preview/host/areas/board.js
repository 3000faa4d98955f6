/** The leads of a pipeline as a board, a page of the account on which only `everywhere` runs. */

import { drawPage } from "../crm.js";
import { h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { colourOf, money } from "./stages.js";

/** Draw the board. @param {import("../stage.js").Stage} stage */
export function drawBoard(stage) {
  const [pipeline] = stage.demo.data.pipelines;
  const place = { page: "leads-pipeline", entity: "leads", currentEntity: "leads", title: "Leads", menu: "llist" };
  stage.enter("everywhere", { url: `/leads/pipeline/${pipeline.id}`, place });
  stage.panel.remove();
  const columns = (pipeline._embedded?.statuses || []).map((status) => column(stage, status));
  const head = { title: pipeline.name, crumbs: "Leads", buttons: [viewSwitch(stage, "board")] };
  drawPage(stage, head, h(".leads-board", { tabindex: 0, role: "group", "aria-label": "Board" }, columns));
}

/**
 * The two views of leads, which are pages of their own.
 *
 * @param {import("../stage.js").Stage} stage
 * @param {"board" | "list"} current
 */
export function viewSwitch(stage, current) {
  const way = (name, title, act) =>
    h(
      "button.view-switch__item",
      { type: "button", title, "aria-label": title, "aria-pressed": String(name === current), onclick: act },
      icon(name),
    );
  return h(
    ".view-switch",
    { role: "group", "aria-label": "View" },
    way("board", "Board", () => stage.show("everywhere", { board: true })),
    way("list", "List", () => stage.show("llist")),
  );
}

function column(stage, status) {
  const leads = stage.demo.list("leads").filter(({ status_id: id }) => id === status.id);
  const sum = leads.reduce((total, { price }) => total + (price || 0), 0);
  const head = h(
    "header.leads-board__head",
    {},
    h("h2", {}, status.name),
    h("p", {}, `${leads.length} ${leads.length === 1 ? "lead" : "leads"}: ${money(stage, sum)}`),
  );
  head.style.borderColor = colourOf(status);
  return h("section.leads-board__column", { "data-id": status.id }, head, leads.map((lead) => card(stage, lead)));
}

function card(stage, lead) {
  const [contact] = stage.demo.cardContacts({ entity: "leads", item: lead });
  return h(
    "article.leads-board__card",
    { "data-id": lead.id },
    h("span.leads-board__contact", {}, contact?.name || ""),
    cardLink(stage, "leads", lead),
    h("span.leads-board__sale", {}, money(stage, lead.price)),
  );
}

/** Entity -> the area of its card. */
const CARDS = { leads: "lcard", contacts: "ccard", companies: "comcard", customers: "cucard" };

/** The name of an entity, which opens its card. */
export function cardLink(stage, entity, item) {
  const open = (event) => {
    event.preventDefault();
    stage.show(CARDS[entity], { id: item.id });
  };
  return h("a.card-link", { href: `/${entity}/detail/${item.id}`, onclick: open }, item.name);
}
