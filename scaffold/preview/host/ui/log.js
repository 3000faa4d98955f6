/** The live log. */

import { fill, h } from "./dom.js";
import { logFold, logHeading, logLine } from "./log-line.js";

const MAX_LINES = 500;

/** Filter -> kinds of entries that it shows. */
const FILTERS = {
  All: null,
  Calls: ["called", "returned"],
  Requests: ["asked"],
  Problems: ["failed", "warned"],
};
/** What each visit calls: shown in full once, and folded if it repeats literally. */
const EVERY_VISIT = /^(destroy|render|init|bind_actions)(\(\)| → )/;

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
    /** Name of a documented callback -> its purpose. */
    this.callbacks = {};
    this.waiting = [];
    this.failures = 0;
    /** Lines of `EVERY_VISIT` that were shown; visits of each area; the fold for the next such line. */
    this.told = new Set();
    this.visits = new Map();
    this.fold = null;
    /** Whether to keep the newest line in sight; false after the user scrolls up. */
    this.follows = true;
    this.badge = h("span.tabs__count", { hidden: true });
    this.list = h("ol.log__list", {
      tabindex: 0,
      "aria-label": "Log entries",
      onscroll: () => (this.follows = !this.list.clientHeight || this.isAtEnd()),
    });
    // also when the column is shown again, or a new width changes the line breaks
    new ResizeObserver(() => this.follow()).observe(this.list);
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
    const lines = this.waiting.splice(0).map((entry) => this.place(entry));
    while (this.list.childElementCount > MAX_LINES) this.list.firstElementChild.remove();
    this.filter(lines);
    this.follow();
  }

  isAtEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 40;
  }

  follow() {
    if (this.follows) this.list.scrollTop = this.list.scrollHeight;
  }

  /** Add an entry as a heading, as a line of its own, or to a fold. */
  place(entry) {
    const { kind, text, area } = entry;
    if (kind === "visit") return this.head(entry, area);
    if (kind === "failed") this.countFailure();
    const line = logLine(entry, this.callbacks[text.split("(")[0]]?.when);
    const [, name] = (["called", "returned"].includes(kind) && text.match(EVERY_VISIT)) || [];
    if (name && this.told.has(text)) this.foldIn(line, name);
    else {
      if (name) this.told.add(text);
      this.fold = null;
      this.list.append(line);
    }
    return line;
  }

  head(entry, area) {
    const visit = (this.visits.get(area) || 0) + 1;
    this.visits.set(area, visit);
    this.fold = null;
    const heading = logHeading(entry, visit);
    this.list.append(heading);
    return heading;
  }

  foldIn(line, name) {
    if (!this.fold) {
      this.fold = logFold();
      this.list.append(this.fold.element);
    }
    this.fold.add(line, name);
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

  filter(lines = [...this.list.querySelectorAll(".log__line")]) {
    const query = this.search.value.toLowerCase();
    for (const line of lines) {
      const isKind = !this.kinds || this.kinds.includes(line.dataset.kind);
      if (line.matches(".log__line")) line.hidden = !isKind || !line.textContent.toLowerCase().includes(query);
    }
    if (query || this.kinds || this.isFiltered) this.tidy();
    this.isFiltered = Boolean(query || this.kinds);
  }

  /** Hide empty headings and folds, too; a search opens the folds. */
  tidy() {
    let hasShown = false;
    for (const item of [...this.list.children].reverse()) {
      if (item.matches(".log__heading")) {
        item.hidden = !hasShown;
        hasShown = false;
        continue;
      }
      if (item.matches(".log__fold")) {
        item.hidden = !item.querySelector(".log__line:not([hidden])");
        item.querySelector("details").open = this.search.value !== "" && !item.hidden;
      }
      hasShown ||= !item.hidden;
    }
  }

  clear() {
    fill(this.list);
    this.told.clear();
    this.visits.clear();
    this.fold = null;
    this.follows = true;
    this.failures = 0;
    this.badge.hidden = true;
  }
}
