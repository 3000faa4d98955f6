/** Forms that send a signed sample request, through the preview's server. */

import { endpointOf } from "../addresses.js";
import { code, pretty } from "../crm.js";
import { fill, h } from "../ui/dom.js";

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
  const input = h("select.text-input", { id }, optionsOf(options));
  return { input, row: h(".crm-field", {}, h("label", { for: id }, label), input) };
}

function optionsOf(options) {
  return options.map(([value, title]) => h("option", { value }, title));
}

/**
 * @param {import("../stage.js").Stage} stage
 * @param {string} title of the button
 * @param {string} kind the sample's name
 * @param {Array<{row: HTMLElement}>} fields
 * @param {() => object} read the request's fields
 */
export function sendForm(stage, title, kind, fields, read) {
  const result = h(".crm-result", { "aria-live": "polite" });
  const address = field("Address", "");
  const variant = choice("Variant", [["valid", "as the platform sends it"]]);
  offer(stage, kind, address.input, variant.input).catch(() => {});
  const send = async (event) => {
    event.preventDefault();
    result.replaceChildren("Sending …");
    const body = { kind, fields: read(), url: address.input.value, variant: variant.input.value };
    result.replaceChildren(...(await outcome(stage, body)));
  };
  return h(
    "form.crm-form",
    { onsubmit: send },
    [...fields, variant, address].map(({ row }) => row),
    h("button.button-input.button-input_blue", { type: "submit" }, title),
    result,
  );
}

/** Fill in the address and the variants of the request. */
async function offer(stage, kind, address, variant) {
  const { senders } = await stage.ask("senders");
  const sender = senders.find(({ name }) => name === kind);
  if (!sender) return;
  if (!address.value) address.value = endpointOf(sender);
  fill(variant, optionsOf(sender.variants.map(({ name, title }) => [name, title])));
}

async function outcome(stage, asked) {
  try {
    const { url, request, status, body, error, ...rest } = await stage.ask("send", asked);
    const head = h(
      "p.crm-result__status",
      {},
      status ? `${status} from ${url}` : `${error || "not sent"}: ${url || "no URL"}`,
    );
    const sent = typeof request?.body === "string" ? request.body : pretty(request?.body ?? request);
    return [
      head,
      status ? h("p", {}, rest.as_expected ? "As expected." : `Expected: ${rest.expected}.`) : "",
      code(pretty(request?.headers ?? {}), "Headers"),
      code(sent ?? "", "Request body"),
      body ? code(String(body), "Answer") : "",
    ];
  } catch (error) {
    return [h("p.crm-result__status", {}, error.message)];
  }
}
