/** The digital pipeline: the tile of a trigger, its settings, and the event that the platform sends. */

import { button, drawPage, notice } from "../crm.js";
import { shorten } from "../network.js";
import { h } from "../ui/dom.js";
import { quiet } from "../quiet.js";
import { alter, click, fill, tryButtons } from "../user.js";
import { choice, sendForm } from "./sample-request.js";
import { drawField, readFields } from "./settings-fields.js";
import { colourOf } from "./stages.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  const [pipeline] = stage.demo.data.pipelines;
  stage.enter("digital_pipeline", { id: pipeline?.id });
  stage.panel.remove();
  const page = new PipelinePage(stage);
  drawPage(
    stage,
    { title: pipeline?.name || "Pipeline", crumbs: "Digital pipeline" },
    page.draw(pipeline),
    page.sender(),
  );
  await stage.startWidget();
  await stage.call("dpSettings", [], { optional: true });
  return page;
}

/** Fill in the trigger's form and save it: Done is enabled when a field changes. */
export async function drive(stage, page) {
  fill(page.form);
  await quiet(stage, 60);
  await alter(page.form, () => !page.saveButton.matches(".button-input-disabled"), stage);
  await tryButtons(stage);
  if (click(page.saveButton)) return;
  const reason = page.saveButton.isConnected
    ? "stays disabled: no field of the trigger has changed, so nothing can be saved"
    : "is missing: nothing can be saved";
  if (Object.keys(page.fields).length || !page.saveButton.isConnected)
    stage.report.warn("not-saved", `the trigger's Done button ${reason}`);
}

function statusHead(status) {
  const head = h(".digital-pipeline__status", {}, status.name);
  head.style.borderColor = colourOf(status);
  return head;
}

class PipelinePage {
  constructor(stage) {
    this.stage = stage;
    this.fields = stage.manifest.dp?.settings || {};
    this.values = {};
  }

  draw(pipeline) {
    const stages = (pipeline?._embedded?.statuses || []).slice(0, 4);
    return h(
      ".digital-pipeline",
      {},
      stages.map((status, index) =>
        h(
          ".digital-pipeline__statuses-row",
          {},
          statusHead(status),
          index === 0 ? this.trigger() : h(".digital-pipeline__add", {}, "+ Add trigger"),
        ),
      ),
    );
  }

  trigger() {
    const { stage } = this;
    const { widget } = stage;
    const logo = h("img.digital-pipeline__short-task__logo", {
      src: `${widget.path}/images/logo_dp.png`,
      alt: "",
    });
    logo.addEventListener("error", () => logo.remove());
    const title = stage.text(stage.manifest.dp?.title) || stage.name;
    const tile = h(
      `.digital-pipeline__short-task`,
      { class: `digital-pipeline__short-task_widget-style_${widget.code}` },
      logo,
      h("span.digital-pipeline__short-task-title", {}, title),
    );
    return h(
      ".digital-pipeline__item",
      {},
      h(
        ".digital-pipeline__item-inner",
        {},
        h(".digital-pipeline__short-task-wrapper", {}, tile),
        this.drawForm(),
      ),
    );
  }

  drawForm() {
    const rows = Object.entries(this.fields).map(([code, field]) => drawField(this.stage, code, field, ""));
    this.saveButton = h(
      "button.button-input.button-input-disabled.js-trigger-save",
      {
        type: "button",
        onclick: () => this.save(),
      },
      h("span.button-input-inner", {}, h("span.button-input-inner__text", {}, "Done")),
    );
    this.form = h(
      "form.digital-pipeline__edit-forms",
      { onsubmit: (event) => event.preventDefault() },
      h(".digital-pipeline__edit-delay", {}, "Execute: when moved to this stage"),
      h(
        ".task-edit__body__form",
        {},
        h("#widget_settings__fields_wrapper.widget_settings_block__fields", {}, rows),
      ),
      h(
        ".digital-pipeline__edit-bottom",
        {},
        this.saveButton,
        button("Cancel", () => {}, "button-cancel"),
      ),
    );
    const enable = ({ target }) => {
      if (target.name in this.fields) this.saveButton.classList.remove("button-input-disabled");
    };
    this.form.addEventListener("change", enable);
    this.stage.$(this.form).on("change", "input, textarea", enable);
    return h(".digital-pipeline__edit", { "data-action": "send_widget_hook" }, this.form);
  }

  save() {
    if (this.saveButton.classList.contains("button-input-disabled")) return;
    this.values = readFields(this.form, this.fields);
    this.saveButton.classList.add("button-input-disabled");
    this.stage.log.add("note", `trigger saved: ${this.stage.log.show(this.values)}`);
  }

  /** "Send event": posts the event to dp.webhook_url, as the platform does. */
  sender() {
    const { state, manifest } = this.stage;
    const url = manifest.dp?.webhook_url;
    const event = choice(
      "Event",
      state.events.map(({ code, when }) => [code, `${code}: ${when}`]),
    );
    const [lead] = this.stage.demo.list("leads");
    return h(
      "section.crm-card",
      {},
      notice(
        "Try the endpoint",
        `The platform posts the event to ${url ? shorten(url) : "dp.webhook_url, which is not set"}.`,
      ),
      sendForm(this.stage, "Send event", "digital_pipeline", [event], () => ({
        event: event.input.value,
        settings: readFields(this.form, this.fields),
        lead_id: lead?.id,
      })),
    );
  }
}
