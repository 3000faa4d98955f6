/** The widget's settings: one live object, shared by `self.params` and `get_settings()`. */

const DEMO_TEXT = "12345";

/** Pattern of a field's code or title -> a value that a user would type. */
const BY_PURPOSE = [
  [/e-?mail|correo|почта/i, "user@example.com"],
  [/url|link|webhook|endpoint|address|website|site|host|domain|callback|server|адрес|ссылк/i, "https://hooks.example.com/in"],
  [/phone|telefon|teléfono|mobile|whatsapp|телефон/i, "+15550100"],
  [/color|colour|цвет/i, "#204ecf"],
  [/date|fecha|дата/i, "2026-01-31"],
];

/** Blocks of the manifest that must be objects of objects; a widget's may be anything. */
const BLOCKS = ["widget", "settings", "dp", "advanced", "salesbot_designer", "sms", "mobile", "left_menu"];

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * Return the manifest without blocks that do not have their documented form.
 *
 * @param {object} manifest
 * @returns {object}
 */
export function tidyManifest(manifest) {
  const tidy = { ...manifest };
  for (const name of BLOCKS) {
    if (name in tidy && !isObject(tidy[name])) delete tidy[name];
  }
  if (tidy.dp && !isObject(tidy.dp.settings)) tidy.dp = { ...tidy.dp, settings: {} };
  return tidy;
}

/**
 * Return the values that a user would have typed into the fields, by type and purpose. A field that the script
 * parses as JSON gets empty JSON; any other `custom` field is empty, as after a first installation.
 *
 * @param {Record<string, {type?: string, name?: string}>} fields the manifest's `settings`
 * @param {{widget: {samples: Record<string, string>, i18n: object}, account: {users: Array<{id: number}>}}} state
 * @returns {Record<string, unknown>}
 */
export function demoSettings(fields, { widget, account: { users } }) {
  const perUser = (value) => Object.fromEntries(users.map((user, index) => [user.id, value(index)]));
  const byType = {
    custom: (code) => widget.samples[code] ?? "",
    users: () => perUser((index) => String(101 + index)),
    users_lp: () => perUser((index) => ({ login: `user${index + 1}`, password: DEMO_TEXT })),
  };
  return Object.fromEntries(
    Object.entries(fields).map(([code, field]) => [
      code,
      (byType[field?.type] || (() => widget.samples[code] ?? sampleText(code, titleOf(widget, field))))(code),
    ]),
  );
}

/** @param {string} code @param {string} title @returns {string} */
export function sampleText(code, title) {
  // a field's code is more specific than its title, which may mention several things
  for (const text of [code.replace(/([a-z])([A-Z])/g, "$1_$2"), title]) {
    const found = BY_PURPOSE.find(([purpose]) => purpose.test(text));
    if (found) return found[1];
  }
  return DEMO_TEXT;
}

function titleOf({ i18n }, field) {
  const key = String(field?.name ?? "").split(".");
  const texts = [i18n.en, ...Object.values(i18n)].map((all) => key.reduce((value, part) => value?.[part], all));
  return String(texts.find((text) => typeof text === "string") ?? "");
}

/**
 * Return the names of fields whose values must not be logged.
 *
 * @param {Record<string, {type?: string}>} fields
 * @returns {Set<string>}
 */
export function secretNames(fields) {
  const passwords = Object.keys(fields).filter((code) => fields[code]?.type === "pass");
  return new Set([...passwords, "password", "X-Auth-Token", "token"]);
}

/**
 * @param {object} widget `state.widget`
 * @param {{settings: object, status: string}} answers
 * @returns {object} what `get_settings()` returns; mutated in place, never replaced
 */
export function liveSettings(widget, answers) {
  const { code, version, path, manifest } = widget;
  const isInstalled = answers.status === "installed";
  return {
    ...(isInstalled ? answers.settings : {}),
    id: 70001,
    widget_id: 70001,
    status: answers.status,
    active: isInstalled ? "Y" : "N",
    widget_active: isInstalled ? "Y" : "N",
    widget_code: code,
    version,
    path,
    cdn_path: path,
    images_path: `${path}/images`,
    cdn_images_path: `${path}/images`,
    oauth_client_uuid: "00000000-0000-4000-8000-000000000001",
    support: manifest.widget?.support || {},
  };
}
