/** The integrations page and the window that installs, configures and disables the widget. */

import { drawPage } from "../crm.js";
import { quiet } from "../quiet.js";
import { sampleText } from "../settings.js";
import { alter, click, fill, tryButtons } from "../user.js";
import { h } from "../ui/dom.js";
import { markMissing, missingFields, readFields } from "./settings-fields.js";
import { drawSettingsModal } from "./settings-modal.js";

/**
 * @param {import("../stage.js").Stage} stage
 * @param {object | null} area
 * @param {{context?: object}} [options] `context`: opened from the lead sources
 */
export async function open(stage, area = null, { context } = {}) {
  stage.enter("settings");
  stage.panel.remove();
  const page = new SettingsPage(stage, context);
  drawPage(stage, { title: "Integrations", crumbs: "Settings" }, page.tile);
  await page.openModal();
  return page;
}

/**
 * Open, fill in, save; open again and disable; then install a widget that has `onInstall`. Each by its own
 * control.
 */
export async function drive(stage, page) {
  const hasInstall = stage.lifecycle?.has("onInstall");
  await page.fillIn();
  await page.pressSave();
  await page.reopen();
  await quiet(stage, 60); // nobody disables a widget before its window is complete
  if (!stage.disables) return;
  await page.press(".js-widget-uninstall", "Disable");
  if (!hasInstall && page.isSaved) return;
  await page.openModal();
  await quiet(stage, 60);
  await page.fillIn();
  await page.press(".js-widget-install", "Install");
}

/** For a screenshot the window stays as it was opened. */
export const pose = () => {};

export class SettingsPage {
  /** @param {import("../stage.js").Stage} stage @param {object} [context] */
  constructor(stage, context = {}) {
    this.stage = stage;
    this.context = context;
    this.fields = stage.manifest.settings || {};
    this.modal = null;
    this.started = false;
    /** Whether values have been stored since the page was opened. */
    this.isSaved = false;
    this.tile = this.drawTile();
  }

  drawTile() {
    const { widget, name } = this.stage;
    const picture = h("img.crm-tile__logo", { src: `${widget.path}/images/logo_small.png`, alt: "" });
    picture.addEventListener("error", () => picture.remove());
    return h(
      "button.crm-tile",
      { type: "button", onclick: () => this.reopen() },
      picture,
      h("span.crm-tile__name", {}, name),
      h("span.crm-tile__hint", {}, "Open the settings"),
    );
  }

  /** Draw the window, initialise the widget if needed, then call `callbacks.settings`. */
  async openModal() {
    const { stage } = this;
    this.modal = drawSettingsModal(stage, {
      onSave: () => this.save(),
      onInstall: () => this.save({ isFirst: true }),
      onDisable: () => this.disable(),
      onClose: () => this.close(),
    });
    document.body.append(this.modal.root);
    document.body.classList.add("page-overlay");
    const enable = ({ target }) => {
      if (target.name) this.modal?.save.classList.remove("button-input-disabled");
    };
    this.modal.root.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.close();
    });
    for (const type of ["change", "input"]) this.modal.body.addEventListener(type, enable);
    stage.$(this.modal.body).on("change", "input[name], textarea[name]", enable);
    await this.start();
    await stage.call("settings", [stage.$(this.modal.body), this.context], { always: true, optional: true });
  }

  /** Initialise the widget once on this page, and again after it has been disabled. */
  async start() {
    if (this.started && this.stage.lifecycle) return;
    this.started = true;
    await this.stage.startWidget();
  }

  async reopen() {
    this.close();
    await this.openModal();
  }

  close() {
    this.modal?.root.remove();
    this.modal = null;
    document.body.classList.remove("page-overlay");
  }

  /** Fill in the fields of the window, and try the widget's own buttons in it. */
  async fillIn() {
    if (!this.modal) return;
    fill(this.modal.body, (field) => sampleText(field.name || field.id, field.getAttribute("aria-label") || ""));
    await quiet(this.stage, 60);
    await alter(this.modal.body, () => !this.modal?.save.matches(".button-input-disabled"), this.stage);
    await tryButtons(this.stage);
    await quiet(this.stage, 60);
  }

  /** Click Save; if it is missing or disabled, nothing is saved, and a warning says so. */
  async pressSave() {
    const { modal, stage } = this;
    if (!modal) return;
    if (modal.save.isConnected && modal.save.matches(".button-input-disabled")) {
      const message = "nothing was saved: Save stays disabled until a field of the window changes";
      if (modal.wrapper.childElementCount) stage.report.warn("not-saved", message);
      else stage.report.note("nothing-to-save", message);
      return;
    }
    await this.press(".js-widget-save", "Save");
  }

  async press(selector, name) {
    const { modal, stage } = this;
    if (!modal) return;
    const isThere = click(modal.body.querySelector(selector));
    if (!isThere)
      stage.report.warn("not-usable", `the ${name} button of the window is missing or hidden: nothing happens`);
    await quiet(stage, 60);
  }

  /**
   * Save, and install on the first save.
   *
   * @param {{isFirst?: boolean}} [options]
   * @returns {Promise<boolean>} whether the values were stored
   */
  async save({ isFirst = this.stage.settings.status === "install" } = {}) {
    const { stage, modal } = this;
    if (!modal) return false;
    const fields = readFields(modal.body, this.fields);
    const missing = missingFields(fields, this.fields);
    if (missing.length) {
      stage.report.warn("not-saved", `not saved: required fields are empty (${missing.join(", ")})`);
      this.mark(missing);
      return false;
    }
    const params = { active: "Y", fields, id: stage.settings.id, widget_code: stage.widget.code };
    if (!(await this.ask(params))) return false;
    this.store(params.fields, "installed");
    this.isSaved = true;
    const keep = [null, "false"].includes(modal.save.getAttribute("data-onsave-destroy-modal"));
    modal.save.classList.add("button-input-disabled");
    if (!keep) this.close();
    if (isFirst) await this.installed();
    return true;
  }

  mark(missing) {
    for (const code of missing) {
      const row = this.modal.wrapper.querySelector(`[data-field="${CSS.escape(code)}"]`);
      if (row) markMissing(row);
    }
  }

  /** Call `onSave`: values are stored if it returns true or a promise of true; otherwise the window stays open. */
  async ask(params) {
    const { stage } = this;
    const { called, ok, value } = await stage.call("onSave", [params], { always: true });
    if (called && ok && value !== true && value)
      stage.report.warn("returned", `onSave must return true or a promise of it, not ${stage.log.show(value)}`);
    if (called && ok && value) return true;
    if (called && ok && value === false) stage.report.note("save-refused", "not saved: onSave returned false");
    else if (called && ok)
      stage.report.warn("returned", `not saved: onSave returned ${stage.log.show(value)}, not true`);
    return false;
  }

  /** Store the fields as `onSave` has left them, also in `self.params`. */
  store(fields, status) {
    const { stage } = this;
    for (const [code, field] of Object.entries(this.fields)) {
      if (field?.type === "custom" && !isStorable(fields[code])) {
        stage.report.warn(
          "custom-field",
          `field ${code}: the CRM stores JSON or a number in a custom field, not plain text`,
        );
      }
    }
    const isActive = status === "installed" ? "Y" : "N";
    Object.assign(stage.settings, fields, { status, active: isActive, widget_active: isActive });
    stage.answers.settings = { ...stage.answers.settings, ...fields };
    stage.answers.status = status;
    stage.ask("answered", { settings: stage.answers.settings, status });
  }

  async installed() {
    const { stage } = this;
    await stage.call("onInstall", [], { always: true, optional: true });
    stage.report.guard("widget:installed", () =>
      stage.$(document).trigger("widget:installed", [stage.widget.code]),
    );
    stage.forget();
    await stage.startWidget();
  }

  /** Disable the widget by the switch or “Uninstall”: `onSave` with N, then `destroy`. */
  async disable() {
    const { stage } = this;
    if (!this.modal) return;
    const fields = readFields(this.modal.body, this.fields);
    await stage.call(
      "onSave",
      [{ active: "N", fields, id: stage.settings.id, widget_code: stage.widget.code }],
      { always: true },
    );
    await stage.call("destroy", [], { always: true, optional: true });
    stage.report.guard("widget:removed", () =>
      stage.$(document).trigger("widget:removed", [stage.widget.code]),
    );
    this.store({}, "install");
    stage.forget();
    this.close();
  }
}

/** Empty, a number or JSON. */
function isStorable(value) {
  if (typeof value !== "string") return true;
  try {
    return value === "" || JSON.parse(value) !== undefined;
  } catch {
    return false;
  }
}
