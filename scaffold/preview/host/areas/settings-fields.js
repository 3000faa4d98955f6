/** Draws and reads the fields of the installation window and of a pipeline's trigger. */

import { h } from "../ui/dom.js";

/**
 * Return the row of a field.
 *
 * @param {import("../stage.js").Stage} stage
 * @param {string} code
 * @param {{name?: string, type?: string, required?: boolean}} field as in the manifest
 * @param {unknown} value
 * @returns {HTMLElement}
 */
export function drawField(stage, code, field, value) {
  const title = stage.text(field?.name) || code;
  const inputs = (DRAW[field?.type] || DRAW.text)(stage, code, value, field?.type);
  return h(
    ".widget_settings_block__item_field",
    { "data-field": code },
    h(
      ".widget_settings_block__title_field",
      { title },
      title,
      field?.required && h("span.widget_settings_block__required", { "aria-label": "required" }, " *"),
    ),
    h(".widget_settings_block__input_field", {}, inputs),
  );
}

const DRAW = {
  text: (stage, code, value) => [input(code, "text", value, code)],
  pass: (stage, code, value) => [input(code, "password", value, code)],
  textarea: (stage, code, value) => [
    h("textarea.widget_settings_block__controls__.text-input.text-input-textarea", {
      name: code,
      "aria-label": code,
      value: String(value ?? ""),
    }),
  ],
  users: (stage, code, value) =>
    perUser(stage, (user) => [
      input(`${code}[${user.id}]`, "text", value?.[user.id], `${code}, ${user.name}`),
    ]),
  users_lp: (stage, code, value) =>
    perUser(stage, (user) => [
      input(`${code}[${user.id}][login]`, "text", value?.[user.id]?.login, `login, ${user.name}`),
      input(
        `${code}[${user.id}][password]`,
        "password",
        value?.[user.id]?.password,
        `password, ${user.name}`,
      ),
    ]),
  custom: (stage, code, value) => {
    const widget = stage.widget.code;
    const text = value && typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
    return [
      h("div", { id: `${widget}_custom_content` }),
      h("input", {
        type: "hidden",
        name: code,
        id: `${widget}_custom`,
        class: "widget_settings_block__controls__",
        value: text,
      }),
    ];
  },
};

function input(name, type, value, label) {
  return h("input.widget_settings_block__controls__.text-input", {
    type,
    name,
    value: String(value ?? ""),
    "aria-label": label,
    autocomplete: "off",
  });
}

function perUser(stage, draw) {
  return stage.demo.data.users.map((user) =>
    h(
      "label.widget_settings_block__users",
      {},
      h("span.widget_settings_block__user", {}, user.name),
      draw(user),
    ),
  );
}

/**
 * Return the visible values, in the form that `onSave` gets.
 *
 * @param {ParentNode} root
 * @param {Record<string, {type?: string}>} fields
 * @returns {Record<string, unknown>}
 */
export function readFields(root, fields) {
  const named = new Map(
    [...root.querySelectorAll("input[name], textarea[name]")].map((item) => [item.name, item.value]),
  );
  return Object.fromEntries(
    Object.entries(fields).map(([code, field]) => {
      return [code, /^users/.test(field?.type || "") ? readPerUser(named, code) : (named.get(code) ?? "")];
    }),
  );
}

function readPerUser(named, code) {
  const values = {};
  for (const [name, value] of named) {
    const [, field, user, part] = name.match(/^(.+?)\[(\d+)\](?:\[(login|password)\])?$/) || [];
    if (field !== code) continue;
    if (part) values[user] = { ...values[user], [part]: value };
    else values[user] = value;
  }
  return values;
}

/** Return the required fields without a value, except `custom` ones, which the widget manages itself. */
export function missingFields(values, fields) {
  return Object.keys(fields).filter(
    (code) => fields[code]?.required && fields[code].type !== "custom" && !values[code],
  );
}

/** Show a message that a field is empty, until the user fills it in. @param {HTMLElement} row of the field */
export function markMissing(row) {
  if (row.matches(".is-missing")) return;
  const title = row.querySelector(".widget_settings_block__title_field").title;
  const words = h("p.crm-missing", { role: "alert" }, `${title} is required: fill it in to save`);
  row.classList.add("is-missing");
  row.append(words);
  row.addEventListener(
    "input",
    () => {
      row.classList.remove("is-missing");
      words.remove();
    },
    { once: true },
  );
}
