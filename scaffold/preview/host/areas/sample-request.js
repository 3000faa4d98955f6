/** "Send" forms: a signed sample request that the preview's server sends, to loopback addresses only. */

import { code, pretty } from "../crm.js";
import { h } from "../ui/dom.js";

let count = 0;

/** @param {string} label @param {string} value @returns {{row: HTMLElement, input: HTMLInputElement}} */
export function field(label, value) {
  const id = `host-field-${(count += 1)}`;
  const input = h("input.text-input", { type: "text", id, value });
  return { input, row: h(".crm-field", {}, h("label", { for: id }, label), input) };
}

/** @param {string} label @param {Array<[string, string]>} options value and title */
export function choice(label, options) {
  const id = `host-field-${(count += 1)}`;
  const input = h(
    "select.text-input",
    { id },
    options.map(([value, title]) => h("option", { value }, title)),
  );
  return { input, row: h(".crm-field", {}, h("label", { for: id }, label), input) };
}

/**
 * @param {import("../stage.js").Stage} stage
 * @param {string} title of the button
 * @param {"digital_pipeline" | "sms" | "salesbot"} kind
 * @param {Array<{row: HTMLElement}>} fields
 * @param {() => object} read the request's fields
 */
export function sendForm(stage, title, kind, fields, read) {
  const result = h(".crm-result", { "aria-live": "polite" });
  const send = async (event) => {
    event.preventDefault();
    result.replaceChildren("Sending …");
    result.replaceChildren(...(await outcome(stage, kind, read())));
  };
  return h(
    "form.crm-form",
    { onsubmit: send },
    fields.map(({ row }) => row),
    h("button.button-input.button-input_blue", { type: "submit" }, title),
    result,
  );
}

async function outcome(stage, kind, fields) {
  try {
    const { url, request, status, body, error } = await stage.ask("send", { kind, fields, url: fields.url || "" });
    const head = h(
      "p.crm-result__status",
      {},
      status ? `${status} from ${url}` : `${error || "not sent"}: ${url || "no URL"}`,
    );
    const sent = typeof request?.body === "string" ? request.body : pretty(request?.body ?? request);
    return [
      head,
      code(pretty(request?.headers ?? {}), "Headers"),
      code(sent ?? "", "Request body"),
      body ? code(String(body), "Answer") : "",
    ];
  } catch (error) {
    return [h("p.crm-result__status", {}, error.message)];
  }
}
