/** What the page asks the preview's server for. */

import { post } from "./network.js";
import { tidyManifest } from "./settings.js";

/**
 * Send a sample request; ask the user first if the address is neither in the manifest nor confirmed before.
 *
 * @param {object} body the request
 * @param {boolean} isRun nobody can be asked
 */
export async function sendSample(body, isRun) {
  const result = await post("/_preview/send", body);
  if (!/neither the manifest nor the user/.test(result.error || "") || isRun) return result;
  if (!window.confirm(`Send a sample request to ${result.url}?`)) return result;
  await post("/_preview/addresses", { url: body.url || body.fields?.url });
  return post("/_preview/send", body);
}

/** @returns {Promise<object>} the widget, the account and the findings, as the server has them now */
export async function fetchState() {
  const answer = await fetch("/_preview/state.json");
  if (!answer.ok) throw new Error(`/_preview/state.json answered ${answer.status}`);
  const state = await answer.json();
  state.widget.manifest = tidyManifest(state.widget.manifest);
  return state;
}
