/** The tab “User & settings”: the user, the language, the saved settings. */

import { languagesOf } from "../answers.js";
import { fill, h } from "./dom.js";

/** The reply to `self.crm_post` until another one is entered here. */
export const NOT_SENT = JSON.stringify({ preview: "not sent: enter a reply in the tab User & settings, or use --online" });

/** @param {object} preview `answers`, `state`, `reload()`, `setTheme()`, `setLocale()` */
export function buildAnswers(preview) {
  const element = h("form.answers", { onsubmit: (event) => event.preventDefault() });
  const panel = { element };
  panel.refresh = () => {
    if (!element.contains(document.activeElement)) fill(element, sections(preview));
  };
  panel.offerReply = (url) => {
    if (url in preview.answers.replies) return;
    preview.answers.replies[url] = NOT_SENT;
    panel.refresh();
  };
  return panel;
}

function sections(preview) {
  const { state, answers } = preview;
  const set = (name) => (value) => {
    answers[name] = value;
    preview.reload();
  };
  return [
    section(
      "Environment",
      select(
        "User",
        answers.user,
        [
          ["admin", "Administrator"],
          ["member", "Member"],
        ],
        set("user"),
      ),
      select(
        "Language",
        answers.language,
        languagesOf(state).map((code) => [code, code]),
        (code) => preview.setLocale(code),
      ),
      input("The widget's code", answers.code, set("code")),
      select(
        "Delay of the API",
        String(answers.latency),
        [
          ["0", "None"],
          ["300", "0.3 s"],
          ["3000", "3 s"],
        ],
        (value) => set("latency")(Number(value)),
      ),
      select(
        "Colours",
        answers.scheme,
        [
          ["light", "Light"],
          ["dark", "Dark"],
        ],
        (scheme) => preview.setTheme(scheme),
      ),
    ),
    section(
      "Where",
      select(
        "Card",
        answers.card,
        [
          ["saved", "Saved card"],
          ["new", "New card"],
        ],
        set("card"),
      ),
      select(
        "Code of the advanced page",
        answers.advancedCode,
        [
          ["advanced-settings", "advanced-settings"],
          ["advanced_settings", "advanced_settings"],
        ],
        set("advancedCode"),
      ),
      check("Draw the work area late", answers.lateContainer, set("lateContainer")),
    ),
    section(
      "Saved settings",
      select(
        "Status",
        answers.status,
        [
          ["installed", "Installed"],
          ["install", "Not installed"],
          ["not_configured", "Not configured"],
        ],
        set("status"),
      ),
      settingsRows(preview),
    ),
    section("Replies to crm_post", replies(preview)),
  ];
}

function section(title, ...rows) {
  return h("fieldset.answers__section", {}, h("legend", {}, title), rows);
}

function row(label, control) {
  return h("label.answers__row", {}, h("span.answers__label", {}, label), control);
}

function select(label, value, options, onChange) {
  const control = h(
    "select",
    { onchange: () => onChange(control.value) },
    options.map(([code, title]) => h("option", { value: code }, title)),
  );
  control.value = value;
  return row(label, control);
}

function input(label, value, onChange) {
  const control = h("input", {
    type: "text",
    value,
    autocomplete: "off",
    spellcheck: "false",
    onchange: () => onChange(control.value),
  });
  return row(label, control);
}

function check(label, value, onChange) {
  const control = h("input", { type: "checkbox", checked: value, onchange: () => onChange(control.checked) });
  return row(label, control);
}

/** One row for each field of the manifest; a structured value is edited as JSON. */
function settingsRows(preview) {
  const { answers, state } = preview;
  const fields = Object.entries(state.widget.manifest.settings || {});
  if (!fields.length) return [h("p.answers__hint", {}, "The manifest has no settings.")];
  return fields.map(([code, field]) => {
    const value = answers.settings[code] ?? "";
    const isText = typeof value === "string";
    const control = h(isText ? "input" : "textarea", {
      type: isText && (field?.type === "pass" ? "password" : "text"),
      value: isText ? value : JSON.stringify(value, null, 2),
      autocomplete: "off",
      spellcheck: "false",
      onchange: () => {
        const next = isText ? control.value : parse(control);
        if (next === undefined) return;
        answers.settings[code] = next;
        preview.reload();
      },
    });
    return row(code, control);
  });
}

function parse(control) {
  try {
    control.setCustomValidity("");
    return JSON.parse(control.value);
  } catch (error) {
    control.setCustomValidity(error.message);
    control.reportValidity();
    return undefined;
  }
}

/** Each URL that the widget has posted to, with the reply that it gets next time. */
function replies({ answers }) {
  const urls = Object.keys(answers.replies);
  if (!urls.length)
    return [h("p.answers__hint", {}, "URLs appear here when the widget calls self.crm_post.")];
  return urls.map((url) => {
    const control = h("textarea", {
      value: answers.replies[url],
      spellcheck: "false",
      onchange: () => {
        answers.replies[url] = control.value;
      },
    });
    return row(url, control);
  });
}
