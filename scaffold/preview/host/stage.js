/** The page in which the widget lives: one frame, one loaded script, one open area at a time. */

import { createApp } from "./app.js";
import { kindOf } from "./areas/index.js";
import { animateControls } from "./control-behaviour.js";
import { Demo } from "./demo.js";
import { construct, Lifecycle } from "./lifecycle.js";
import { loadLibraries } from "./loader.js";
import { Log, messageOf } from "./log.js";
import { createModalClass } from "./modal.js";
import { Network, shorten } from "./network.js";
import { Panel } from "./panel.js";
import { placeOf } from "./places.js";
import { Report } from "./report.js";
import { pose, run } from "./runner.js";
import { loadScript } from "./script.js";
import { liveSettings, secretNames } from "./settings.js";
import { Templates } from "./templates.js";
import { Traces } from "./traces.js";
import { holdInside } from "./way-out.js";
import { watchWindow } from "./watch-window.js";
import { createBase } from "./widget-base.js";
import { connect } from "./wire.js";

/** Areas in which the widget runs before it is installed: those that lead to its installation window. */
const SETUP = ["settings", "whatsapp_modal", "catalogs"];

let warn = () => {};
let isOnline = false;

/** Loaded as soon as the frame exists, before a stage is needed, so that the next reload is quick. */
const libraries = loadLibraries((text) => warn(text), () => isOnline);

export class Stage {
  /**
   * @param {{state: object, answers: object, online: boolean}} given
   * @param {(name: string, ...args: unknown[]) => Promise<any>} ask calls the preview's page
   * @returns {Promise<Stage>}
   */
  static async boot(given, ask) {
    const stage = new Stage(given, ask);
    await stage.load();
    return stage;
  }

  constructor({ state, answers, online = false }, ask) {
    const { widget } = state;
    Object.assign(this, { state, answers, widget, online, ask });
    this.manifest = widget.manifest;
    this.langs = structuredClone(widget.i18n[answers.language] || {});
    this.name = this.text(this.manifest.widget?.name) || widget.name || widget.code;
    this.initOnce = this.manifest.widget?.init_once === true;
    this.settings = liveSettings(widget, answers);
    this.demo = new Demo(state.account, answers);
    this.log = new Log((entry) => ask("record", entry), secretNames(this.manifest.settings || {}));
    this.report = new Report(this.log);
    this.traces = new Traces(this);
    this.network = new Network(this.log, this.report, {
      subdomain: state.account.account.subdomain,
      online,
      widget,
      server: state.server,
      onWrite: () => this.page?.refresh?.(),
    });
    this.panel = new Panel(this);
    this.place = placeOf(state.places, "everywhere", widget);
    this.system = this.demo.system(this.place.area);
    this.patience = Infinity;
    /** Whether a run disables the widget; the documented callbacks that it defines. */
    this.disables = true;
    this.seen = new Set();
    /** The open area: its row, its kind, and the page that the kind has drawn. */
    Object.assign(this, { area: null, kind: null, page: null });
    /** That page's values for `APP.data`. */
    Object.assign(this, { card: null, cardData: null, list: null });
    /** The widget: its object, its lifecycle, whether it runs here, whether `init` was called. */
    Object.assign(this, { instance: null, lifecycle: null, runs: false, initialised: false });
    /** What it has registered with the host. */
    Object.assign(this, {
      actions: new Map(),
      sources: new Map(),
      listeners: new Set(),
      catalogId: 0,
      pipelineId: 0,
    });
  }

  async load() {
    warn = (text) => this.report.warn("stand-in", text);
    isOnline = this.online;
    Object.assign(this, await libraries);
    this.templates = new Templates(this.twig, this.state.controls, this.log, this.report);
    this.Modal = createModalClass(this.$);
    define("lib/components/base/modal", [], () => this.Modal);
    animateControls(this.$, document);
    this.$.fn.dnd = dragAndDrop;
    window.APP = createApp(this);
    window.AMOCRM = window.APP;
    watchWindow(this);
    holdInside(this);
    this.traces.begin();
    try {
      this.Constructor = await loadScript(this.widget.path, this.widget.version);
    } catch (error) {
      this.loadError = error;
      this.log.add("failed", `script.js: ${error.message}`);
    }
  }

  /** @returns {boolean} whether script.js returned a constructor */
  get loaded() {
    return Boolean(this.Constructor);
  }

  /** Return the text of the language file for a key of the manifest; the key itself if there is none. */
  text(key) {
    const found = String(key ?? "")
      .split(".")
      .reduce((value, part) => value?.[part], this.langs);
    return typeof found === "string" ? found : String(key ?? "");
  }

  /**
   * Leave the open area and open another one.
   *
   * @param {string} code
   * @param {object} [options] of the area's kind, e.g. `{fresh: true}` for a new card
   */
  async show(code, options = {}) {
    this.turn = Promise.resolve(this.turn).then(() => this.change(code, options));
    await this.turn;
  }

  async change(code, options) {
    await this.leave();
    const listed = this.state.areas.find((area) => area.area === code);
    this.area = listed || { area: code, title: code, panel: null, fidelity: "unknown" };
    this.log.area = code;
    this.log.add("visit", this.area.title);
    try {
      this.kind = await kindOf(this.state, code);
      this.page = await this.kind.open(this, this.area, options);
    } catch (error) {
      this.report.broke(`opening ${code}`, error);
    }
    this.ask("shown", code);
  }

  /**
   * Change the page that the user sees: its codes and its address.
   *
   * @param {string} area
   * @param {{id?: number, url?: string, alias?: string, place?: object}} [options] `alias`: the value of
   *   `system().area`; `place`: values that differ from the area's main page
   */
  enter(area, { id, url, alias, place = {} } = {}) {
    this.place = { ...placeOf(this.state.places, area, { code: this.widget.code, id }), ...place };
    this.system.area = alias || area;
    this.card = null;
    this.cardData = null;
    this.list = null;
    history.replaceState(null, "", url || this.place.url);
    this.report.guard("page:changed", () => this.$(document).trigger("page:changed"));
  }

  /** Leave an area as the CRM does: call destroy, remove block and handlers; an `init_once` widget stays. */
  async leave() {
    if (this.initOnce || !this.lifecycle) return;
    if (this.runs && this.lifecycle.has("destroy")) await this.lifecycle.call("destroy");
    if (this.runs) this.left = this.traces.compare();
    this.forget();
  }

  forget() {
    const namespace = `.widget:${this.widget.code}`;
    for (const target of [document, document.body, window]) this.$(target).off(namespace);
    this.panel.clear();
    this.Modal.closeAll();
    for (const store of [this.actions, this.sources, this.listeners]) store.clear();
    Object.assign(this, { instance: null, lifecycle: null, runs: false, initialised: false });
  }

  /** Initialise the widget on the page that is drawn. @returns {Promise<boolean>} whether it runs */
  async startWidget() {
    if (!this.Constructor || !this.isDeclaredHere()) return false;
    const renderOnly = this.initOnce && this.initialised;
    if (!renderOnly && !this.construct()) return false;
    if (!renderOnly) this.traces.markDrawn();
    this.runs = await this.lifecycle.start({ renderOnly });
    this.initialised ||= this.runs;
    return this.runs;
  }

  /** False on pages that the manifest does not declare, and while the widget is not installed. */
  isDeclaredHere() {
    const { area } = this.area;
    const declares = (code) => this.state.areas.some((row) => row.area === code);
    let reason = "";
    if (!this.initOnce && !declares(area) && !declares("everywhere"))
      reason = `the manifest does not declare ${area}`;
    if (this.settings.status === "install" && !SETUP.includes(area)) reason = "the widget is not installed";
    if (reason) this.log.add("note", `${reason}: it is not initialised here`);
    return !reason;
  }

  construct() {
    try {
      this.instance = construct(this.Constructor, createBase(this), (member) =>
        this.report.readUnknown(member),
      );
    } catch (error) {
      this.report.failed("the constructor", error);
      return false;
    }
    this.lifecycle = new Lifecycle(this.instance, this.log, this.report);
    this.lifecycle.patience = this.patience;
    for (const name of Object.keys(this.state.callbacks)) if (this.lifecycle.has(name)) this.seen.add(name);
    return true;
  }

  /**
   * Call a callback of the area; unless `always`, only if render returned true.
   *
   * @returns {Promise<{called: boolean, ok: boolean, value?: unknown}>}
   */
  async call(name, args = [], { always = false, optional = false } = {}) {
    const none = { called: false, ok: false };
    if (!this.lifecycle) return none;
    if (!this.lifecycle.has(name)) {
      if (!optional) this.report.warn("missing-callback", `callbacks.${name} is missing: nothing is called`);
      return none;
    }
    if (!this.runs && !always) {
      this.report.warn("not-called", `${name} is not called: the widget does not run here`);
      return none;
    }
    return this.lifecycle.call(name, ...args);
  }

  /** @returns {object | false} `self.list_selected()` */
  selection() {
    return this.page?.selection ? this.page.selection() : false;
  }

  /** The user clicks an item of the CRM's menu: a change of page for `everywhere` and `init_once`. */
  visit(area) {
    this.show(area);
  }

  /** `self.$authorizedAjax`: sends a signed demo token in the documented header. */
  authorizedAjax(options) {
    const { $, log } = this;
    const result = $.Deferred();
    this.ask("token")
      .then(({ header, token, claims }) => {
        log.add("asked", `self.$authorizedAjax(${shorten(options.url)})`, JSON.stringify(claims, null, 2));
        $.ajax({ ...options, headers: { ...options.headers, [header]: token } }).then(
          result.resolve,
          result.reject,
        );
      })
      .catch((error) => result.reject(error));
    return result.promise();
  }
}

/** A stub for the CRM's own plugin for dragging rows. */
function dragAndDrop() {
  warn("$.fn.dnd is internal to the CRM: a stub does nothing");
  return this;
}

/** The functions that the preview's page may call. */
function offered(ask) {
  let stage;
  return {
    async boot(given) {
      const { scheme, language } = given.answers;
      document.documentElement.dataset.colorScheme = scheme;
      document.documentElement.lang = language;
      stage = await Stage.boot(given, ask);
      return { loadError: stage.loadError ? messageOf(stage.loadError) : "" };
    },
    show: (code) => stage.show(code),
    run: (code, options) => run(stage, code, options),
    pose: (code) => pose(stage, code),
    continued: (step) => stage.page?.continued?.(step),
    // the answer arrives after all that was sent before
    flush: () => stage?.turn,
    accountChanged: () => stage?.page?.refresh?.(),
    theme: (scheme) => {
      document.documentElement.dataset.colorScheme = scheme;
    },
  };
}

/** The page passes its end of the channel once, before the widget is loaded. */
window.addEventListener("message", function hear({ source, ports: [port] }) {
  if (source !== window.parent || !port) return;
  window.removeEventListener("message", hear);
  const ask = connect(port, offered((...args) => ask(...args)));
});
