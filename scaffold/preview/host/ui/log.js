/** The live log. */

import { fill, h } from "./dom.js";

const MAX_LINES = 500;

/** Filter -> the kinds it shows. */
const FILTERS = {
  All: null,
  Calls: ["called", "returned"],
  Asked: ["asked"],
  Trouble: ["failed", "warned"],
};
const SIGNS = { called: "→", returned: "←", asked: "○", failed: "✕", warned: "!", note: "·" };
const WORDS = {
  called: "host called",
  returned: "came back",
  asked: "widget asked",
  failed: "failed",
  warned: "warning",
  note: "note",
};

export function buildLog() {
  const view = new LogView();
  return {
    element: view.element,
    count: view.badge,
    add: (entry) => view.add(entry),
    explain: (callbacks) => (view.callbacks = callbacks),
    note: (text) => view.add({ at: Date.now(), kind: "note", text, area: "", detail: "" }),
    api: ({ method, path, status, note }) => {
      if (status >= 400)
        view.add({
          at: Date.now(),
          kind: "warned",
          text: `${method} ${path} → ${status}`,
          area: "",
          detail: note || "",
        });
    },
  };
}

class LogView {
  constructor() {
    this.kinds = null;
    /** What the documented callbacks are for, by name. */
    this.callbacks = {};
    this.waiting = [];
    this.failures = 0;
    this.badge = h("span.tabs__count", { hidden: true });
    this.list = h("ol.log__list", {
      role: "log",
      "aria-live": "off",
      tabindex: 0,
      "aria-label": "What happened",
    });
    this.search = h("input.log__search", {
      type: "search",
      placeholder: "Filter",
      "aria-label": "Filter the log",
      oninput: () => this.filter(),
    });
    this.chips = Object.entries(FILTERS).map(([title, kinds]) =>
      h(
        "button.chip",
        {
          type: "button",
          "aria-pressed": String(kinds === null),
          onclick: (event) => this.choose(event.target, kinds),
        },
        title,
      ),
    );
    this.element = h(
      ".log",
      {},
      h(
        ".log__bar",
        {},
        h(".log__chips", { role: "group", "aria-label": "Kinds" }, this.chips),
        h("button.chip", { type: "button", onclick: () => this.clear() }, "Clear"),
        this.search,
      ),
      this.list,
    );
  }

  add(entry) {
    this.waiting.push(entry);
    if (this.waiting.length === 1) requestAnimationFrame(() => this.flush());
  }

  flush() {
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
    const lines = this.waiting.splice(0).map((entry) => this.line(entry));
    this.list.append(...lines);
    while (this.list.childElementCount > MAX_LINES) this.list.firstElementChild.remove();
    this.filter(lines);
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  line({ at, kind, text, area, detail }) {
    if (kind === "failed") this.countFailure();
    const time = new Date(at).toTimeString().slice(0, 8);
    const body = detail
      ? h("details.log__more", {}, h("summary", {}, text), h("pre", {}, detail))
      : h("span.log__text", {}, text);
    return h(
      "li.log__line",
      { class: `log__line_${kind}`, "data-kind": kind, title: this.callbacks[text.split("(")[0]]?.when },
      h("span.log__sign", { role: "img", "aria-label": WORDS[kind], title: WORDS[kind] }, SIGNS[kind]),
      body,
      h("time.log__time", { title: area }, time),
    );
  }

  countFailure() {
    this.failures += 1;
    this.badge.hidden = false;
    this.badge.textContent = String(this.failures);
    this.badge.setAttribute("aria-label", `${this.failures} failed`);
  }

  choose(chip, kinds) {
    this.kinds = kinds;
    for (const other of this.chips) other.setAttribute("aria-pressed", String(other === chip));
    this.filter();
  }

  filter(lines = [...this.list.children]) {
    const query = this.search.value.toLowerCase();
    for (const line of lines) {
      const isKind = !this.kinds || this.kinds.includes(line.dataset.kind);
      line.hidden = !isKind || !line.textContent.toLowerCase().includes(query);
    }
  }

  clear() {
    fill(this.list);
    this.failures = 0;
    this.badge.hidden = true;
  }
}
