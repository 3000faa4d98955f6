/**
 * Finds what a widget leaves on the page after `destroy`, and what it removes from the CRM's own page.
 *
 * Elements of the host are those made by `h()` or drawn before the widget ran.
 */

import { isHosts } from "./ui/dom.js";

/** What the host gives to the widget to draw in, or removes itself. */
const GIVEN =
  ".card-widgets__elements, .work-area, .widget-settings__modal, .salesbot-block__body, .card-sdk__own, " +
  ".feed-compose__source, .digital-pipeline__edit, .digital-pipeline__short-task, .modal, .host-toasts, .host-made";

const WIDGET_FRAME = /\/upl\//;
const NAMES_MAX = 5;

export class Traces {
  /** @param {import("./stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.timers = new Map();
    this.listeners = [];
    this.drawn = new WeakSet();
    /** Elements that have a native click handler. */
    this.clickable = new WeakSet();
    this.watchTimers();
    this.watchListeners();
    this.watchRemovals();
    this.watchLookups();
    this.globals = null;
  }

  /** Called when the libraries are loaded and the widget is not: what exists now is the CRM's. */
  begin() {
    this.globals = new Map(Object.getOwnPropertyNames(window).map((name) => [name, valueOf(name)]));
    this.appKeys = new Set(Object.keys(window.APP));
    for (const element of document.querySelectorAll("*")) this.drawn.add(element);
    this.handlers = new Set(this.pageHandlers().map(({ key }) => key));
  }

  /** Called when a page is drawn, before the widget sees it: what is in it is the host's. */
  markDrawn() {
    for (const element of document.querySelectorAll(".crm *, .widget-settings__modal *"))
      this.drawn.add(element);
  }

  /** @param {Element} element @returns {boolean} whether the widget made it, wherever it is */
  isWidgets(element) {
    return !isHosts(element) && !this.drawn.has(element);
  }

  watchTimers() {
    const { timers } = this;
    for (const [start, stop, kind] of [
      ["setTimeout", "clearTimeout", "timer"],
      ["setInterval", "clearInterval", "interval"],
    ]) {
      const [ourStart, ourStop] = [window[start], window[stop]];
      window[start] = function (act, delay, ...args) {
        const place = widgetPlace();
        if (!place || typeof act !== "function") return ourStart.call(window, act, delay, ...args);
        const id = ourStart.call(
          window,
          (...given) => {
            if (kind === "timer") timers.delete(id);
            return act.apply(window, given);
          },
          delay,
          ...args,
        );
        timers.set(id, `${start}(…, ${Number(delay) || 0}) at ${place}`);
        return id;
      };
      window[stop] = function (id) {
        timers.delete(id);
        return ourStop.call(window, id);
      };
    }
  }

  /** Native handlers on document and window; jQuery's own are read from its data. */
  watchListeners() {
    const traces = this;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const isPage = (target) => target === window || target === document || target === document.body || !target;
    EventTarget.prototype.addEventListener = function (name, act, options) {
      if (name === "click" && this instanceof Element) traces.clickable.add(this);
      const place = isPage(this) && act ? widgetPlace({ direct: true }) : "";
      if (place) traces.listeners.push({ target: this || window, name, act, place, capture: captureOf(options) });
      return addEventListener.call(this || window, name, act, options);
    };
    EventTarget.prototype.removeEventListener = function (name, act, options) {
      if (isPage(this)) {
        traces.listeners = traces.listeners.filter(
          (one) =>
            one.target !== (this || window) || one.name !== name || one.act !== act || one.capture !== captureOf(options),
        );
      }
      return removeEventListener.call(this || window, name, act, options);
    };
  }

  /** Handlers on document, body and window: native ones, and jQuery's except those that the platform removes. */
  pageHandlers() {
    const { $, widget } = this.stage;
    const found = [];
    for (const [where, target] of [["window", window], ["document", document], ["body", document.body]]) {
      for (const [name, all] of Object.entries(($ && $._data(target, "events")) || {})) {
        for (const { namespace, selector, guid } of all) {
          if (namespace.split(".").includes(`widget:${widget.code}`) || namespace.split(".").includes("host")) continue;
          const label = `${name}${namespace && `.${namespace}`}${selector ? ` of ${selector}` : ""}`;
          found.push({ key: `${where} ${guid} ${label}`, text: `${label} on ${where}` });
        }
      }
    }
    for (const { target, name, place } of this.listeners) {
      const where = target === window ? "window" : target === document ? "document" : "body";
      found.push({ key: `${where} native ${name} ${place}`, text: `${name} on ${where}, from ${place}` });
    }
    return found;
  }

  /**
   * Return what the widget left behind, by kind.
   *
   * @returns {Record<string, string[]>} kind -> names
   */
  leftovers() {
    const elements = [...document.querySelectorAll("*")].filter(
      (element) => this.isWidgets(element) && !element.closest(GIVEN) && !this.isWidgets(element.parentElement || element),
    );
    const isStyle = (element) => element.matches("style, link[rel=stylesheet]");
    return {
      nodes: elements.filter((one) => !isStyle(one) && !one.matches("script")).map((one) => nameOf(one)),
      styles: elements.filter(isStyle).map((one) => nameOf(one)),
      modals: [...document.querySelectorAll(".modal.modal-list")].map((one) => nameOf(one)),
      handlers: this.pageHandlers()
        .filter(({ key }) => !this.handlers?.has(key))
        .map(({ text }) => text),
      timers: [...this.timers.values()],
      globals: this.changedGlobals(),
    };
  }

  /** Whether only the widget's own style sheet is left, once: the next visit uses it again. */
  isOwnStyles() {
    const all = [...document.querySelectorAll("style, link[rel=stylesheet]")].filter((one) => this.isWidgets(one));
    const addresses = all.map((one) => new URL(one.getAttribute("href") || "", location.href).pathname);
    const isOwn = addresses.every((address) => address.startsWith(this.stage.widget.path));
    return all.length > 0 && isOwn && new Set(addresses).size === all.length;
  }

  changedGlobals() {
    if (!this.globals) return [];
    const names = Object.getOwnPropertyNames(window).filter((name) => !/^(\d+|jQuery\d+)$/.test(name) && !OURS.has(name));
    const added = names.filter((name) => !this.globals.has(name) && !isElementId(name));
    const changed = names.filter((name) => this.globals.has(name) && this.globals.get(name) !== valueOf(name));
    const app = Object.keys(window.APP || {}).filter((key) => !this.appKeys.has(key));
    return [...added, ...changed.map((name) => `${name} (replaced)`), ...app.map((key) => `APP.${key}`)];
  }

  /** After `destroy`: warn of each kind that is not empty. @returns {Record<string, string[]>} */
  compare() {
    const left = this.leftovers();
    // many quick visits end before a widget's own short timers: they are counted, not reported
    if (this.stage.report.isAgain) return left;
    for (const [kind, names] of Object.entries(left)) {
      const message = `${LEFT[kind]} after destroy: ${listOf(names)}`;
      if (kind === "styles" && this.isOwnStyles()) this.stage.report.note("style-kept", message);
      else if (names.length) this.stage.report.warn("left-behind", message, "", `left-behind ${kind}`);
    }
    return left;
  }

  /** Warn once of each element of the CRM that the widget empties or removes. */
  watchRemovals() {
    const traces = this;
    const wrap = (owner, name) => {
      owner[name] = watched(owner[name], (element, [child]) => {
        const isWhole = name === "removeChild" || name === "remove";
        traces.noteRemoval(name === "removeChild" ? child : element, isWhole);
      });
    };
    for (const name of ["remove", "replaceChildren", "replaceWith"]) wrap(Element.prototype, name);
    wrap(Node.prototype, "removeChild");
    for (const [owner, name] of [[Element.prototype, "innerHTML"], [Node.prototype, "textContent"]]) {
      const property = Object.getOwnPropertyDescriptor(owner, name);
      Object.defineProperty(owner, name, {
        ...property,
        set(value) {
          traces.noteRemoval(this, false);
          property.set.call(this, value);
        },
      });
    }
  }

  /** Ids and classes of the CRM that contain the widget's code: with another code they are never found. */
  watchLookups() {
    const traces = this;
    for (const owner of [Document.prototype, Element.prototype]) {
      for (const name of ["getElementById", "getElementsByClassName", "querySelector", "querySelectorAll"]) {
        if (!owner[name]) continue;
        owner[name] = watched(owner[name], (_element, [query]) => {
          if (typeof query === "string" && CODED.test(query)) traces.noteLookup(query);
        });
      }
    }
  }

  noteLookup(query) {
    const { widget, report, lifecycle } = this.stage;
    const [, area, other] = query.match(CODED);
    const found = (area ?? other).replace(/\\/g, "");
    const isOld = area ? found !== widget.code : found === widget.own_code && found !== widget.code;
    if (!isOld && !(area && lifecycle?.current === "render")) return;
    const place = widgetPlace();
    if (!place) return;
    const literal = `${place} looks for ${query}: the platform gives the widget another code, here ${widget.code}; read it from self.get_settings().widget_code`;
    const early = `${place} looks for ${query} in render: the CRM may draw it later; use advancedSettings or initMenuPage, which are called when it exists`;
    report.warn(isOld ? "literal-code" : "too-early", isOld ? literal : early);
  }

  noteRemoval(element, isWhole) {
    if (!this.globals || element?.nodeType !== 1 || !(isHosts(element) || element === document.body)) return;
    if (!element.isConnected || element.closest(GIVEN)) return;
    if (!isWhole && ![...element.children].some(isHosts)) return;
    const place = widgetPlace();
    if (!place) return;
    const name = nameOf(element);
    const what = isWhole ? `removes ${name}` : `empties ${name}`;
    this.stage.report.warn(
      "not-the-widgets",
      `the widget ${what}, which belongs to the CRM: other parts of the page stop working (at ${place})`,
    );
  }
}

/** `#work-area-<code>`, or another name of the CRM that contains the code. */
const CODED =
  /work-area-([\w\\-]+)|(?:card-widgets__widget-|short-task_widget-style_|#save_|^save_|#)([a-z]\w*?)(?:_custom(?:_content)?)?(?=$|[\s.:>,[])/;

/** Wrap a native function to observe its calls; libraries test by a function's text whether it is native. */
function watched(real, see) {
  return new Proxy(real, {
    apply(target, owner, args) {
      see(owner, args);
      return Reflect.apply(target, owner, args);
    },
  });
}

const LEFT = {
  nodes: "elements are left",
  styles: "style sheets are left",
  modals: "windows are left open",
  handlers: "event handlers are left",
  timers: "timers are still running",
  globals: "global names are left",
};

/** Globals of the host itself, or of the browser's driver. */
const OURS = new Set(["kommoStage", "Twig", "define", "require", "requirejs", "jQuery", "$", "event", "length", "name",
  "status", "closed", "innerWidth", "innerHeight", "outerWidth", "outerHeight", "scrollX", "scrollY", "pageXOffset",
  "pageYOffset", "screenX", "screenY", "screenLeft", "screenTop", "devicePixelRatio", "frames", "history", "location",
  "navigation", "performance", "kommoPreviewBlocked"]);  // prettier-ignore

/** The value of a global if a change of it matters: a function or an object. */
function valueOf(name) {
  try {
    const { value } = Object.getOwnPropertyDescriptor(window, name) || {};
    return typeof value === "function" || (value && typeof value === "object") ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Browsers create a global for every id. */
function isElementId(name) {
  return Boolean(document.getElementById(name) || document.getElementsByName(name).length);
}

function captureOf(options) {
  return typeof options === "object" && options ? Boolean(options.capture) : Boolean(options);
}

/** `script.js:12`, the widget's innermost line in the stack; empty if there is none. */
function widgetPlace({ direct = false } = {}) {
  const lines = String(new Error().stack).split("\n").filter((line) => !/\/_host\/traces\.js/.test(line));
  const at = lines.findIndex((line) => WIDGET_FRAME.test(line));
  if (at < 0 || (direct && lines.slice(0, at).some((line) => /\/_libs\/jquery|\/_host\//.test(line)))) return "";
  const [, file, row] = lines[at].match(/\/widget\/([^?:]+)[^:]*:(\d+):\d+\)?$/) || [];
  return file ? `${file}:${row}` : "";
}

/** @param {Element} element @returns {string} such as `div#mine.box` */
export function nameOf(element) {
  const classes = [...element.classList].slice(0, 2).map((name) => `.${name}`);
  const href = element.getAttribute("href");
  return `${element.localName}${element.id && `#${element.id}`}${classes.join("")}${href ? ` (${href.split("?")[0]})` : ""}`;
}

function listOf(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) || 0) + 1);
  const shown = [...counts].map(([name, count]) => (count > 1 ? `${name} (${count} times)` : name));
  const more = shown.length - NAMES_MAX;
  return `${shown.slice(0, NAMES_MAX).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
