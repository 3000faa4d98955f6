/**
 * What the user of the preview chooses: the account's user, the language, saved settings and the like.
 *
 * @typedef {{settings: object, status: string, user: string, language: string, scheme: string, card: string,
 *   lateContainer: boolean, advancedCode: string, replies: Record<string, string>, code: string,
 *   latency: number}} Answers
 */

import { demoSettings } from "./settings.js";

const SCHEMES = ["light", "dark"];

/**
 * @param {object} state `/_preview/state.json`; its `scenario` comes from the project or `--data`
 * @param {URLSearchParams} query
 * @returns {Answers}
 */
export function defaultAnswers(state, query) {
  const { manifest, i18n, code } = state.widget;
  const { scenario } = state;
  const languages = languagesOf(state);
  const wanted = query.get("lang") || scenario.language;
  const scheme = query.get("scheme") || remembered() || preferred();
  const user = query.get("user") || scenario.user;
  return {
    settings: { ...demoSettings(manifest.settings || {}, state), ...scenario.settings },
    status: scenario.status,
    user: user === "member" ? "member" : "admin",
    language: languages.includes(wanted) ? wanted : languages.find((locale) => i18n[locale]) || "en",
    scheme: SCHEMES.includes(scheme) ? scheme : "light",
    card: query.get("card") === "new" ? "new" : "saved",
    lateContainer: false,
    advancedCode: "advanced-settings",
    replies: {},
    code,
    latency: scenario.latency,
  };
}

/** @param {object} state @returns {string[]} the languages that have a file, English first */
export function languagesOf(state) {
  const codes = Object.keys(state.widget.i18n);
  return codes.sort((a, b) => Number(b === "en") - Number(a === "en") || a.localeCompare(b));
}

function preferred() {
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function remembered() {
  try {
    return localStorage.getItem("preview-scheme");
  } catch {
    return null;
  }
}

/** @param {string} scheme */
export function rememberScheme(scheme) {
  try {
    localStorage.setItem("preview-scheme", scheme);
  } catch {
    // storage may be disabled: the choice then lasts as long as the page
  }
}
