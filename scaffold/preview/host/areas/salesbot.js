/** The Salesbot builder: blocks of the widget, their exits, and the steps that a save gives. */

import { button, code as codeBlock, drawPage, notice, pretty } from "../crm.js";
import { h } from "../ui/dom.js";
import { field, sendForm } from "./sample-request.js";

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

/** Every other block, then the bot is saved, and a block opened again. */
export async function drive(stage, page) {
  for (const handler of page.handlers.slice(1)) await page.add(handler);
  await page.save();
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
    return [
      ...this.handlers.map((code) => button(`Add “${this.titleOf(code)}”`, () => this.add(code))),
      button("Save bot", () => this.save(), "button-input_blue"),
    ];
  }

  titleOf(code) {
    return this.stage.text(this.settings[code]?.name) || code;
  }

  /** The user adds a block of the widget: it is drawn, then the widget fills it. */
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
    ]);
    const exits = Array.isArray(value?.exits) ? value.exits : [];
    if (ok && !exits.length)
      stage.log.add("warned", "salesbotDesignerSettings returned no exits: the block has no way on");
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

  /** The bot is saved: each block gives its steps as a JSON string. */
  async save() {
    const shown = [];
    for (const block of this.blocks) {
      const { called, ok, value } = await this.stage.call("onSalesbotDesignerSave", [
        block.code,
        this.valuesOf(block),
      ]);
      if (called && ok) shown.push(h("h3", {}, this.titleOf(block.code)), this.steps(value));
    }
    this.result.hidden = false;
    this.result.replaceChildren(
      h("h2", {}, "What the bot saves"),
      ...(shown.length ? shown : [h("p", {}, "Nothing")]),
    );
  }

  steps(value) {
    try {
      if (typeof value !== "string") throw new TypeError(`not a string but ${this.stage.log.show(value)}`);
      return codeBlock(pretty(JSON.parse(value)), "Steps as JSON");
    } catch (error) {
      this.stage.log.add("failed", `onSalesbotDesignerSave must return a JSON string: ${error.message}`);
      return h("p.crm-error", {}, `Not a JSON string: ${error.message}`);
    }
  }

  /** "Send a sample": the widget_request that a running bot posts to the widget's server. */
  sender() {
    const url = field("URL of widget_request", "http://127.0.0.1:8080/salesbot.php");
    return h(
      "section.crm-card",
      {},
      notice(
        "Try the endpoint",
        "A running bot posts a signed request to the URL in its widget_request step.",
      ),
      sendForm("Send a sample request", "salesbot", [url], () => ({
        handler: this.handlers[0] || "",
        url: url.input.value,
        data: this.blocks[0] ? this.valuesOf(this.blocks[0]) : {},
      })),
    );
  }
}

/** The arguments of an existing block arrive several levels deep; the values stand on every level here. */
function nested(values) {
  return [1, 2, 3].reduce((inner) => ({ ...values, params: inner }), { ...values });
}
