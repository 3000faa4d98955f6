/** Acts on controls as a user would: only on those that exist, are visible and not disabled. */

import { quiet } from "./quiet.js";

/** @param {Element | null | undefined} element @returns {boolean} whether a user could click or type there */
export function isUsable(element) {
  if (!element?.isConnected || element.matches(":disabled, .button-input-disabled")) return false;
  if (element.type === "hidden" || !element.checkVisibility({ checkVisibilityCSS: true })) return false;
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0;
}

/**
 * Click a control with the events that a mouse makes.
 *
 * @param {Element | null | undefined} element
 * @returns {boolean} whether it could be clicked
 */
export function click(element) {
  if (!isUsable(element)) return false;
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
  const { left, top, width, height } = element.getBoundingClientRect();
  const at = { bubbles: true, cancelable: true, composed: true, view: window, button: 0 };
  Object.assign(at, { clientX: left + width / 2, clientY: top + height / 2 });
  element.dispatchEvent(new PointerEvent("pointerdown", at));
  if (element.dispatchEvent(new MouseEvent("mousedown", at))) focus(element);
  element.dispatchEvent(new PointerEvent("pointerup", at));
  element.dispatchEvent(new MouseEvent("mouseup", at));
  element.click();
  return true;
}

function focus(element) {
  element.closest("a[href], button, input, select, textarea, [tabindex], [contenteditable]")?.focus();
}

/**
 * Type into a field: the browser itself fires `input`, and `change` when the field is left.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement | null | undefined} field
 * @param {string} text
 * @returns {boolean} whether it could be typed into
 */
export function type(field, text) {
  if (!isUsable(field) || field.readOnly) return false;
  field.scrollIntoView({ block: "nearest" });
  field.focus();
  field.select?.();
  const before = field.value;
  const isTyped = document.activeElement === field && document.execCommand("insertText", false, text);
  if (!isTyped) {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, data: text, inputType: "insertText" }));
  }
  let isHeard = false;
  field.addEventListener("change", () => (isHeard = true), { once: true, capture: true });
  field.blur();
  // a window without focus does not fire `change` itself
  if (!isHeard && field.value !== before) field.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/** Choose the first real option of a list: one that has a value. @param {HTMLSelectElement} list */
export function choose(list) {
  if (!isUsable(list)) return false;
  const option = [...list.options].find(({ value, disabled }) => value !== "" && value !== "0" && !disabled);
  if (!option || option.selected) return false;
  list.focus();
  option.selected = true;
  list.dispatchEvent(new Event("input", { bubbles: true }));
  list.dispatchEvent(new Event("change", { bubbles: true }));
  list.blur();
  return true;
}

const TEXTS =
  "textarea, input:not([type]), input[type=text], input[type=search], input[type=email], input[type=url], " +
  "input[type=tel], input[type=number], input[type=password]";
const SAMPLES = { email: "user@example.com", url: "https://hooks.example.com/in", tel: "+15550100", number: "5" };

/**
 * Fill the empty fields of a form: texts, lists, the CRM's own select control.
 *
 * @param {ParentNode} root
 * @param {(field: Element) => string} sample a value for a field
 * @returns {boolean} whether anything was changed
 */
export function fill(root, sample = (field) => SAMPLES[field.type] || "Sample 5") {
  let changed = false;
  for (const list of root.querySelectorAll("select")) changed = choose(list) || changed;
  for (const field of root.querySelectorAll(TEXTS)) {
    if (field.value === "" || !changed) changed = type(field, field.value || sample(field)) || changed;
  }
  for (const control of root.querySelectorAll(".control--select")) {
    if (control.querySelector(".control--select--input")?.value) continue;
    const button = control.querySelector(".control--select--button");
    if (!click(button)) continue;
    const items = [...control.querySelectorAll(".control--select--list--item")];
    changed = click(items.find((item) => isUsable(item) && item.dataset.value)) || changed;
  }
  return changed;
}

/**
 * Change the choice of one control after another, until the form has changed.
 *
 * @param {ParentNode} root
 * @param {() => boolean} isChanged
 */
export async function alter(root, isChanged, stage) {
  const controls = root.querySelectorAll("select, .control--select, input[type=checkbox], input[type=radio]");
  for (const control of controls) {
    if (isChanged()) return;
    // the switch that disables the widget is not a field of its settings
    if (control.closest(".widget-settings__switcher-row")) continue;
    if (control.matches("select")) chooseOther(control);
    else if (control.matches("input")) click(isUsable(control) ? control : control.closest("label"));
    else chooseOtherItem(control);
    await quiet(stage, 40);
  }
  for (const field of root.querySelectorAll(TEXTS)) {
    if (isChanged()) return;
    type(field, field.value || SAMPLES[field.type] || "Sample 5");
    await quiet(stage, 40);
  }
}

function chooseOther(list) {
  const other = [...list.options].find(({ selected, disabled }) => !selected && !disabled);
  if (!other || !isUsable(list)) return;
  list.focus();
  other.selected = true;
  for (const name of ["input", "change"]) list.dispatchEvent(new Event(name, { bubbles: true }));
  list.blur();
}

function chooseOtherItem(control) {
  const current = control.querySelector(".control--select--input")?.value;
  if (!click(control.querySelector(".control--select--button"))) return;
  const items = [...control.querySelectorAll(".control--select--list--item")].filter(isUsable);
  click(items.find((item) => item.dataset.value !== current));
}

const BUTTONS =
  "button, [role=button], input[type=button], input[type=submit], .button-input, a[href='#'], " +
  "a[href^='javascript:'], a:not([href])";
/** Buttons that close something come last, as what they close can then no longer be tried. */
const ENDING = /close|cancel|delete|remove|reset|закры|отмен|удал|cerrar|cancelar|eliminar|fechar|excluir/i;
const MOST_BUTTONS = 15;
/** Controls to fill in rather than click. */
const FIELDS = "input:not([type=button], [type=submit]), select, textarea, label, option, a[href^='http'], a[download], " +
  ".modal-scroller, .modal-overlay";

/**
 * Click each button that the widget has drawn, including those that appear meanwhile.
 *
 * @param {import("./stage.js").Stage} stage
 */
export async function tryButtons(stage) {
  const tried = new Set();
  for (let count = 0; count < MOST_BUTTONS; count += 1) {
    const open = clickables(stage).filter((button) => !tried.has(nameOf(button)) && isUsable(button));
    const next = open.find((button) => !ENDING.test(nameOf(button))) || open[0];
    if (!next) return;
    tried.add(nameOf(next));
    stage.log.add("note", `the user clicks “${nameOf(next).trim().slice(0, 40)}”`);
    click(next);
    await quiet(stage, 60);
  }
}

/** The widget's buttons, and other elements of it that have a click handler. */
function clickables({ $, traces }) {
  const found = new Set(document.querySelectorAll(BUTTONS));
  for (const element of [document, ...document.querySelectorAll("*")]) {
    if (traces.clickable.has(element)) found.add(element);
    for (const { selector } of $._data(element, "events")?.click || []) {
      if (!selector) found.add(element);
      else for (const inner of $(element).find(selector).toArray()) found.add(inner);
    }
  }
  return [...found].filter((one) => one !== document && traces.isWidgets(one) && !one.matches(FIELDS));
}

/** Buttons with the same name and class, such as those in the rows of a table, count as one. */
function nameOf(button) {
  return `${button.textContent || button.value || ""} ${button.getAttribute("aria-label") || ""} ${button.className}`;
}
