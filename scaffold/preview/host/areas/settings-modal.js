/** Markup of the installation window, with the structure that widgets rely on. */

import { h } from "../ui/dom.js";
import { drawField } from "./settings-fields.js";

/**
 * @param {import("../stage.js").Stage} stage
 * @param {{onSave: Function, onInstall: Function, onDisable: Function, onClose: Function}} act
 * @returns {{root: HTMLElement, body: HTMLElement, save: HTMLButtonElement, wrapper: HTMLElement}}
 */
export function drawSettingsModal(stage, act) {
  const { widget, settings } = stage;
  const isInstalled = settings.status !== "install";
  const save = saveButton(stage, act.onSave);
  const wrapper = h("#widget_settings__fields_wrapper.widget_settings_block__fields", {}, fieldRows(stage));
  const block = h(
    ".widget_settings_block",
    {},
    isInstalled ? switcher(act.onDisable) : null,
    description(stage),
    h(".widget_settings_block__controls.widget_settings_block__controls_top", {}, save),
    wrapper,
  );
  const body = h(
    ".modal-body.modal-body-relative",
    { role: "dialog", "aria-modal": "true", "aria-label": stage.name },
    h("button.modal-body__close", { type: "button", "aria-label": "Close", onclick: act.onClose }),
    h(
      ".widget-settings",
      {},
      base(stage, isInstalled, act),
      h(".widget-settings__desc-space", {}, h(".widget-settings__wrap-desc-space.custom-scroll", {}, block)),
    ),
  );
  const root = h(
    ".modal.widget-settings__modal",
    { class: widget.code },
    h(".default-overlay.modal-overlay", { onclick: act.onClose }),
    h(".modal-scroller.custom-scroll", {}, body),
  );
  return { root, body, save, wrapper };
}

function base(stage, isInstalled, act) {
  const { widget, settings, manifest, name } = stage;
  const picture = h("img", { src: `${widget.path}/images/logo_main.png`, alt: "" });
  picture.addEventListener("error", () => picture.remove());
  const state = isInstalled ? "installed" : "install";
  return h(
    ".widget-settings__base-space",
    {},
    h(
      ".widget_main_info",
      {},
      h(".widget_settings_block__img", {}, picture),
      h(
        ".widget_settings_block__head",
        {},
        h(".widget_settings_block__title", {}, name),
        h(".widget_settings_block__head-desc", {}, stage.text(manifest.widget?.short_description)),
      ),
    ),
    h(
      ".widget-settings__command-plate",
      {},
      h(
        `.widget-state`,
        { class: `widget-state_status_${state}` },
        settings.status === "error" ? "Error" : STATES[state],
      ),
      isInstalled
        ? h("button.button-input.js-widget-uninstall", { type: "button", onclick: act.onDisable }, "Disable")
        : h(
            "button.button-input.button-input_blue.js-widget-install",
            { type: "button", onclick: act.onInstall },
            "Install",
          ),
    ),
  );
}

const STATES = { installed: "Installed", install: "Not installed" };

function switcher(onDisable) {
  const box = h("input#widget_active__sw.switcher__checkbox", {
    type: "checkbox",
    name: "widget_active",
    checked: true,
    value: "Y",
  });
  box.addEventListener("change", () => box.checked || onDisable());
  return h(
    ".switcher_wrapper.widget-settings__switcher-row",
    {},
    h("label.switcher.widget-settings__switcher.switcher__on", { for: "widget_active__sw" }),
    box,
    h("label", { for: "widget_active__sw" }, "Active"),
  );
}

/** Translations may contain markup and account tags here, as documented; they are the widget's own text. */
function description(stage) {
  const { subdomain, id } = stage.demo.account();
  const { user } = stage.demo;
  const tags = {
    SUBDOMAIN: subdomain,
    ACCOUNT_ID: id,
    USER_ID: user.id,
    LOGIN: user.email,
    HOST: location.host,
    TOP_LEVEL_DOMAIN: "com",
    API_HASH: "",
  };
  const text = stage
    .text(stage.manifest.widget?.description)
    .replace(/#([A-Z_]+)#/g, (all, tag) => tags[tag] ?? all);
  const holder = h(".widget_settings_block__descr");
  stage.$(holder).html(text);
  return holder;
}

function fieldRows(stage) {
  if (stage.manifest.widget?.installation === false) return [];
  const fields = stage.manifest.settings || {};
  return Object.entries(fields).map(([code, field]) => drawField(stage, code, field, stage.settings[code]));
}

function saveButton({ widget, settings }, onSave) {
  const button = h(
    `button.button-input.button-input-disabled.js-widget-save`,
    {
      type: "button",
      id: `save_${widget.code}`,
      "data-id": settings.id,
      "data-onsave-destroy-modal": "true",
    },
    h("span.button-input-inner", {}, h("span.button-input-inner__text", {}, "Save")),
  );
  button.addEventListener("click", () => button.classList.contains("button-input-disabled") || onSave());
  return button;
}
