/** The stages of a pipeline: the bar in a card, the name in a list. */

import { h } from "../ui/dom.js";

/** @param {import("../stage.js").Stage} stage @param {object} item v4 lead @returns {object[]} of its pipeline */
function statusesOf({ demo }, item) {
  const pipelines = demo.data.pipelines;
  const pipeline = pipelines.find(({ id }) => id === item.pipeline_id) || pipelines[0];
  return pipeline?._embedded?.statuses || [];
}

/** Return a colour of the account, and nothing else that could get into a style. */
export function colourOf(status) {
  return /^#[0-9a-f]{3,8}$/i.test(status?.color || "") ? status.color : "var(--line)";
}

/** @param {import("../stage.js").Stage} stage @param {object} item v4 lead @returns {HTMLElement | ""} */
export function stageBar(stage, item) {
  const statuses = statusesOf(stage, item);
  const at = statuses.findIndex(({ id }) => id === item.status_id);
  if (at < 0) return "";
  const { name: pipeline } = stage.demo.data.pipelines.find(({ id }) => id === item.pipeline_id) || {};
  const steps = statuses.map((status, index) => {
    const step = h("li.card-stages__step", {
      title: status.name,
      "aria-label": status.name,
      "aria-current": index === at ? "step" : false,
    });
    if (index <= at) step.style.backgroundColor = colourOf(statuses[at]);
    return step;
  });
  return h(
    ".card-stages",
    {},
    h("p.card-stages__name", {}, h("span", {}, pipeline || ""), h("strong", {}, statuses[at].name)),
    h("ol.card-stages__steps", { "aria-label": "Stages" }, steps),
  );
}

/** @param {import("../stage.js").Stage} stage @param {object} item v4 lead @returns {HTMLElement | ""} its stage's name */
export function stageName(stage, item) {
  const status = statusesOf(stage, item).find(({ id }) => id === item.status_id);
  if (!status) return "";
  const dot = h("span.stage-name__dot", { "aria-hidden": "true" });
  dot.style.backgroundColor = colourOf(status);
  return h("span.stage-name", {}, dot, status.name);
}

/** @param {import("../stage.js").Stage} stage @param {number | undefined} sum @returns {string} in the account's currency */
export function money({ demo }, sum) {
  if (sum === undefined || sum === null) return "";
  const style = { style: "currency", currency: demo.data.account.currency || "USD", maximumFractionDigits: 0 };
  return new Intl.NumberFormat("en", style).format(sum);
}
