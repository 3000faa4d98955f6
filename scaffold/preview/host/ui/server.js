/** The tab “Server”: sends the platform's requests to the widget's server, and starts PHP on request. */

import { endpointOf } from "../addresses.js";
import { getJson, post } from "../network.js";
import { fill, h } from "./dom.js";

/** @param {{send: (body: object) => Promise<object>, serverChanged: () => void}} preview */
export function buildServer(preview) {
  const panel = new ServerPanel(preview);
  return {
    element: panel.element,
    refresh: () => panel.refresh(),
    event: (event) => panel.heard(event),
  };
}

/** Return an event of the server's timeline as an entry of the log. */
export function entryOf({ at, kind, text, detail }) {
  return { at, kind, text, area: "", detail: detail ? JSON.stringify(detail) : "" };
}

class ServerPanel {
  constructor(preview) {
    this.preview = preview;
    this.chosen = "";
    this.phpAddress = "";
    /** Whether this page is starting PHP; its address is shown when the widget uses it. */
    this.isStarting = false;
    this.php = h(".server__php", { role: "group", "aria-label": "PHP" });
    this.request = select("Request", () => this.choose(this.request.control.value));
    this.variant = select("Variant", () => this.explain());
    this.address = text("Address");
    this.sample = h("textarea", { rows: 12, spellcheck: "false", "aria-label": "Sample as JSON" });
    this.file = h("summary");
    this.expected = h("p.answers__hint");
    this.result = h(".server__result", { "aria-live": "polite" });
    this.button = h("button.server__send", { type: "submit" }, "Send");
    this.form = h(
      "form.answers__section",
      { onsubmit: (event) => this.send(event), "aria-label": "Send a request" },
      this.request.row,
      this.variant.row,
      this.address.row,
      h("details", {}, this.file, this.sample),
      this.expected,
      this.button,
      this.result,
    );
    this.element = h(".answers.server", {}, this.php, this.form);
  }

  /** @returns {Promise<object[]>} the timeline's newest events */
  async refresh() {
    const { php, senders, events } = await getJson("/_preview/server.json");
    this.senders = senders;
    this.phpAddress = php.address;
    fill(this.php, this.drawPhp(php));
    options(this.request.control, senders.map(({ name }) => [name, name]));
    this.form.hidden = !senders.length;
    const known = senders.some(({ name }) => name === this.chosen);
    if (senders.length) this.choose(known ? this.chosen : senders[0].name);
    return events;
  }

  drawPhp({ offered, address, problem }) {
    if (address) return [h("p", {}, "PHP serves your back end at ", h("code", {}, address), ".")];
    const button = h(
      "button.server__start",
      { type: "button", onclick: () => this.start(button) },
      "Run backend/public with PHP",
    );
    const shown = [
      problem && h("p.server__bad", {}, problem),
      offered && button,
      offered &&
        h(
          "p.answers__hint",
          {},
          "This runs your project's code on this machine. It gets temporary KOMMO_ settings and a temporary storage; your own settings in config.php are used as they are.",
        ),
    ];
    return offered ? shown : [h("p.answers__hint", {}, "Requests go to the address below, on this machine.")];
  }

  async start(button) {
    button.disabled = true;
    this.isStarting = true;
    try {
      await post("/_preview/php", { start: true });
      await this.preview.serverChanged();
    } catch (error) {
      button.before(h("p.server__bad", { role: "alert" }, error.message.replace(/^.*?answered \d+: /, "")));
    }
    button.disabled = false;
    this.isStarting = false;
    await this.refresh();
  }

  choose(name) {
    const sender = this.senders.find((each) => each.name === name);
    const isSame = this.chosen === name;
    this.chosen = name;
    this.request.control.value = name;
    options(this.variant.control, sender.variants.map(({ name: variant, title }) => [variant, title]), isSame);
    this.address.control.value = endpointOf(sender);
    if (!isSame || this.sample.value === this.given) {
      this.sample.value = JSON.stringify(sender.sample, null, 2);
      this.given = this.sample.value;
    }
    this.file.textContent = sender.file || "Built-in sample";
    // The result of the last request stays until another one is chosen.
    if (!isSame || sender.fault !== this.fault) fill(this.result, sender.fault && h("p.server__bad", {}, sender.fault));
    this.fault = sender.fault;
    this.button.disabled = Boolean(sender.fault);
    this.explain();
  }

  explain() {
    const sender = this.senders.find(({ name }) => name === this.chosen);
    const variant = sender.variants.find(({ name }) => name === this.variant.control.value);
    const missing = sender.unknown.length ? ` Unknown settings: ${sender.unknown.join(", ")}; set them in the environment of the preview.` : "";
    this.expected.textContent = variant ? `Expected: ${variant.expected}.${missing}` : "";
  }

  async send(event) {
    event.preventDefault();
    this.button.disabled = true;
    fill(this.result, h("p", {}, "Sending …"));
    try {
      const sample = this.sample.value === this.given ? "" : this.sample.value;
      const body = { kind: this.chosen, variant: this.variant.control.value, url: this.address.control.value, sample };
      fill(this.result, outcome(await this.preview.send(body)));
    } catch (error) {
      fill(this.result, h("p.server__bad", {}, error.message.replace(/^.*?answered \d+: /, "")));
    }
    this.button.disabled = false;
  }

  /** PHP's server has started or ended; if it has ended, the script's requests no longer go to it. */
  heard({ source }) {
    if (this.isStarting || (source !== "php" && source !== "problem")) return;
    this.refresh()
      .then(() => !this.phpAddress && this.preview.state.server.address && this.preview.serverChanged())
      .catch(() => {});
  }
}

function outcome({ status, url, error, expected, as_expected: isRight, request, body, type }) {
  const [address] = url.split("?");
  const head = status ? `${status} from ${address}` : `${error}: ${address || "no address"}`;
  return [
    h("p", { class: isRight ? "server__good" : "server__bad" }, head),
    status && !isRight && h("p", {}, `Expected: ${expected}.`),
    part("Request", request),
    body && part("Answer", /json/.test(type) ? parsed(body) : body),
  ];
}

function part(title, value) {
  const shown = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return h("details", { open: title === "Answer" }, h("summary", {}, title), h("pre", { tabindex: 0 }, shown));
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function select(label, onchange) {
  const control = h("select", { onchange });
  return { control, row: h("label.answers__row", {}, h("span.answers__label", {}, label), control) };
}

function text(label) {
  const control = h("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  return { control, row: h("label.answers__row", {}, h("span.answers__label", {}, label), control) };
}

function options(control, pairs, keeps = false) {
  const { value: before } = control;
  fill(control, pairs.map(([value, title]) => h("option", { value }, title)));
  if (keeps && pairs.some(([value]) => value === before)) control.value = before;
}
