/** The Salesbot builder: blocks of the widget, their exits, and the steps that are saved. */

import { button, code as codeBlock, drawPage, notice, pretty } from "../crm.js";
import { h } from "../ui/dom.js";
import { exitFaults, stepsOf } from "../shapes.js";
import { click, fill, tryButtons } from "../user.js";
import { quiet } from "../quiet.js";
import { sendForm } from "./sample-request.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  stage.enter("salesbot_designer");
  stage.panel.remove();
  const page = new BotPage(stage);
  drawPage(
    stage,
    { title: "New bot", crumbs: "Salesbot", buttons: page.addButtons() },
    page.canvas,
    page.result,
    page.sender(),
  );
  await stage.startWidget();
  if (page.handlers.length) await page.add(page.handlers[0]);
  return page;
}

/** Add every other block, save the bot, and open a block again. */
export async function drive(stage, page) {
  for (const add of page.adders.slice(1)) {
    click(add);
    await quiet(stage, 60);
  }
  for (const { body } of page.blocks) fill(body);
  await tryButtons(stage);
  click(page.saver);
  await quiet(stage, 60);
  if (page.blocks.length) await page.openBlock(page.blocks[0]);
}

class BotPage {
  constructor(stage) {
    this.stage = stage;
    const { logo, ...handlers } = stage.manifest.salesbot_designer || {};
    this.logo = logo;
    this.handlers = Object.keys(handlers);
    this.settings = handlers;
    this.blocks = [];
    this.canvas = h(".salesbot-canvas", {}, h(".salesbot-start", {}, "Start"));
    this.result = h("section.crm-card", { hidden: true, "aria-live": "polite" });
  }

  addButtons() {
    this.adders = this.handlers.map((code) => button(`Add “${this.titleOf(code)}”`, () => this.add(code)));
    this.saver = button("Save bot", () => this.save(), "button-input_blue");
    return [...this.adders, this.saver];
  }

  titleOf(code) {
    return this.stage.text(this.settings[code]?.name) || code;
  }

  /** Add a block of the widget: draw it, then let the widget fill it. */
  async add(code) {
    const fields = Object.entries(this.settings[code]?.settings || {});
    const body = h(
      ".salesbot-block__body",
      {},
      fields.map(([name, item]) => this.row(name, item)),
    );
    const exits = h(".salesbot-block__exits");
    const element = h(
      "section.salesbot-block",
      { "data-handler": code },
      h("header.salesbot-block__title", {}, this.titleOf(code)),
      body,
      exits,
    );
    const block = { code, body, exits, isSaved: false };
    this.blocks.push(block);
    this.canvas.append(element);
    await this.openBlock(block);
  }

  row(name, item) {
    const fields = this.stage.demo
      .fields("leads")
      .map((each) => ({ id: `{{lead.cf.${each.id}}}`, option: each.name }));
    const holder = h(".salesbot-block__row");
    this.stage.$(holder).html(
      this.stage.templates.control("widget_param", {
        name,
        caption: this.stage.text(item?.name) || name,
        manual: Boolean(item?.manual),
        value: this.stage.text(item?.default_value),
        items: [{ id: "{{lead.name}}", option: "Lead name" }, ...fields],
      }),
    );
    return holder;
  }

  async openBlock(block) {
    const { stage } = this;
    const values = this.valuesOf(block);
    const renderRow = (caption) => stage.templates.control("widget_param", { caption, name: "", items: [] });
    const { ok, value } = await stage.call("salesbotDesignerSettings", [
      stage.$(block.body),
      renderRow,
      nested(values),
    ], { optional: true });
    const exits = Array.isArray(value?.exits) ? value.exits.filter((exit) => exit && typeof exit === "object") : [];
    for (const fault of ok ? exitFaults(value) : [])
      stage.report.warn("returned", `salesbotDesignerSettings(${block.code}) returned ${fault}`);
    block.exits.replaceChildren(
      ...exits.map((exit) =>
        h("span.salesbot-block__exit", { "data-code": exit.code }, String(exit.title ?? exit.code)),
      ),
    );
  }

  /** @returns {Record<string, string>} */
  valuesOf({ body }) {
    return Object.fromEntries(
      [...body.querySelectorAll("[data-field-name]")]
        .filter((row) => row.dataset.fieldName)
        .map((row) => [
          row.dataset.fieldName,
          row.querySelector("[name=value_manual], [name=value]")?.value ?? "",
        ]),
    );
  }

  /** Save the bot: each block returns its steps as a JSON string. */
  async save() {
    const shown = [];
    for (const block of this.blocks) {
      const { called, ok, value } = await this.stage.call("onSalesbotDesignerSave", [
        block.code,
        this.valuesOf(block),
      ]);
      if (called && ok) shown.push(h("h3", {}, this.titleOf(block.code)), ...this.steps(block, value));
    }
    this.result.hidden = false;
    this.result.replaceChildren(
      h("h2", {}, "Steps that the bot saves"),
      ...(shown.length ? shown : [h("p", {}, "Nothing")]),
    );
  }

  steps(block, value) {
    const { steps, faults } = stepsOf(value);
    block.steps = steps;
    for (const fault of faults)
      this.stage.report.warn("returned", `onSalesbotDesignerSave(${block.code}) returned ${fault}`);
    const shown = faults.map((fault) => h("p.crm-error", {}, fault));
    return steps === undefined ? shown : [...shown, codeBlock(pretty(steps), "Steps as JSON")];
  }

  /** Mark the exit that a server's answer leads to. */
  continued({ step, body }) {
    const code = exitOf(body, this.blocks[0]?.steps);
    this.stage.log.add("note", `continue/${step}: ${code ? `the bot leaves by the exit ${code}` : "the bot goes on"}`);
    for (const exit of this.canvas.querySelectorAll(".salesbot-block__exit")) {
      const isTaken = exit.dataset.code === code;
      exit.classList.toggle("salesbot-block__exit_taken", isTaken);
      exit.toggleAttribute("aria-current", isTaken);
    }
  }

  /** "Send a sample request": the widget_request that a running bot posts to the widget's server. */
  sender() {
    return h(
      "section.crm-card",
      {},
      notice(
        "Try the endpoint",
        "A running bot posts a signed request to the URL in its widget_request step.",
      ),
      sendForm(this.stage, "Send a sample request", "salesbot", [], () =>
        this.blocks[0] ? { data: this.valuesOf(this.blocks[0]) } : {},
      ),
    );
  }
}

/**
 * Return the exit that a server's answer leads to: named in its handlers or in the step they go to, or chosen by
 * the conditions that the widget has saved.
 *
 * @param {{data?: object, execute_handlers?: object[]}} body
 * @param {object[] | undefined} steps
 * @returns {string} empty if there is no exit
 */
export function exitOf(body, steps) {
  const list = Object.values(steps || {});
  const handlersOf = (step) => (Array.isArray(step?.question) ? step.question : []);
  const find = (handlers) => {
    for (const { handler, params = {} } of handlers || []) {
      if (handler === "exits") return String(params.value ?? "");
      if (handler === "goto" && params.type === "question") return find(handlersOf(list[Number(params.step)]));
      if (handler === "conditions" && holds(params, body?.data || {})) return find(params.result);
    }
    return "";
  };
  return find(body?.execute_handlers) || list.map((step) => find(handlersOf(step))).find(Boolean) || "";
}

function holds({ logic = "and", conditions = [] }, data) {
  const value = (term) =>
    String(term ?? "").replace(/\{\{json\.(\w+)\}\}/g, (all, key) => String(data[key] ?? ""));
  const results = conditions.map(({ term1, term2, operation }) => {
    const isEqual = value(term1) === value(term2);
    return operation === "!=" ? !isEqual : isEqual;
  });
  return results.length > 0 && (logic === "or" ? results.some(Boolean) : results.every(Boolean));
}

/** The arguments of an existing block are nested several levels deep; here every level has the values. */
function nested(values) {
  return [1, 2, 3].reduce((inner) => ({ ...values, params: inner }), { ...values });
}
