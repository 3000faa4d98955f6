/** The page in which the widget lives: one frame, one loaded script, one open area at a time. */

import { createApp } from "./app.js";
import { kindOf } from "./areas/index.js";
import { animateControls } from "./control-behaviour.js";
import { Demo } from "./demo.js";
import { construct, Lifecycle } from "./lifecycle.js";
import { loadLibraries, loadScript } from "./loader.js";
import { Log } from "./log.js";
import { createModalClass } from "./modal.js";
import { Network, post } from "./network.js";
import { Panel } from "./panel.js";
import { placeOf } from "./places.js";
import { Report } from "./report.js";
import { liveSettings, secretNames } from "./settings.js";
import { Templates } from "./templates.js";
import { createBase } from "./widget-base.js";

const QUIET_MS = 300;
/** A widget that polls is never quiet: it is waited for this many times the silence asked for. */
const QUIET_TRIES = 10;
const RUN_PATIENCE_MS = 3000;

let warn = () => {};

/** Loaded as soon as the frame stands, before a stage is asked for: the next reload finds them ready. */
const libraries = loadLibraries((text) => warn(text));

export class Stage {
  /**
   * @param {{state: object, answers: object, record: Function, onCrmPost: Function, onShow: Function,
   *   onAnswers: Function}} given
   * @returns {Promise<Stage>}
   */
  static async boot(given) {
    const stage = new Stage(given);
    await stage.load();
    return stage;
  }

  constructor({ state, answers, record, onCrmPost, onShow, onAnswers }) {
    const { widget } = state;
    Object.assign(this, { state, answers, widget, onCrmPost, onShow, onAnswers });
    this.manifest = widget.manifest;
    this.langs = structuredClone(widget.i18n[answers.language] || {});
    this.name = this.text(this.manifest.widget?.name) || widget.name || widget.code;
    this.initOnce = this.manifest.widget?.init_once === true;
    this.settings = liveSettings(widget, answers);
    this.demo = new Demo(state.account, answers);
    this.log = new Log(record, secretNames(this.manifest.settings || {}));
    this.report = new Report(this.log);
    this.network = new Network(this.log, this.report);
    this.panel = new Panel(this);
    Object.assign(this, { instance: null, lifecycle: null, runs: false, initialised: false, patience: Infinity });
    Object.assign(this, { card: null, cardData: null, list: null, kind: null, page: null, catalogId: null, pipelineId: 0 });
    Object.assign(this, { actions: new Map(), sources: new Map(), listeners: new Set() });
    this.place = placeOf("everywhere", widget);
    this.system = this.describeSystem();
  }

  async load() {
    warn = (text) => this.log.add("warned", text);
    Object.assign(this, await libraries);
    this.templates = new Templates(this.twig, this.state.controls, this.log);
    this.Modal = createModalClass(this.$);
    define("lib/components/base/modal", [], () => this.Modal);
    animateControls(this.$, document);
    window.APP = createApp(this);
    window.AMOCRM = window.APP;
    this.watchWindow();
    try {
      this.Constructor = await loadScript(this.widget.path, this.widget.version);
    } catch (error) {
      this.loadError = error;
      this.log.add("failed", `script.js: ${error.message}`);
    }
  }

  /** @returns {boolean} whether script.js gave a constructor */
  get loaded() {
    return Boolean(this.Constructor);
  }

  /** Text of the language file, for a key as the manifest writes it; the key itself where there is none. */
  text(key) {
    const found = String(key ?? "").split(".").reduce((value, part) => value?.[part], this.langs);
    return typeof found === "string" ? found : String(key ?? "");
  }

  describeSystem() {
    const { user } = this.demo;
    const { subdomain, domain } = this.demo.account();
    const top = String(domain || "kommo.com").replace(`${subdomain}.`, "");
    return {
      area: this.place.area, amouser: user.email, amouser_id: String(user.id), amohash: "", subdomain, domain: top,
      server: `${subdomain}.${top}`, displayed_count: 1, displayed_count_by_area: {},
    };
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
    this.kind = kindOf(code);
    this.log.area = code;
    this.page = await this.kind.open(this, this.area, options);
    this.onShow(code);
  }

  /** The page that the user sees changes: its codes, its address, the demo's page title. */
  enter(area, { id, url, alias } = {}) {
    this.place = placeOf(area, { code: this.widget.code, id });
    this.system.area = alias || area;
    this.card = null;
    this.cardData = null;
    this.list = null;
    history.replaceState(null, "", url || this.place.url);
  }

  /** What the CRM does when it leaves an area: destroy, block, handlers; an `init_once` widget stays. */
  async leave() {
    if (this.initOnce || !this.lifecycle) return;
    if (this.runs && this.lifecycle.has("destroy")) await this.lifecycle.call("destroy");
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
    this.lifecycle?.guard("page:changed", () => this.$(document).trigger("page:changed"));
    if (!this.Constructor || !this.isDeclaredHere()) return false;
    const renderOnly = this.initOnce && this.initialised;
    if (!renderOnly && !this.construct()) return false;
    this.runs = await this.lifecycle.start({ renderOnly });
    this.initialised ||= this.runs;
    return this.runs;
  }

  /** A page that the user only passes through has the widget if the manifest says so. */
  isDeclaredHere() {
    const { areas } = this.state;
    const declares = (code) => areas.some((area) => area.area === code);
    if (this.initOnce || !areas.length || declares(this.area.area) || declares("everywhere")) return true;
    this.log.add("note", `the manifest does not name ${this.area.area}: the widget is not initialised here`);
    return false;
  }

  construct() {
    try {
      this.instance = construct(this.Constructor, createBase(this), (member) => this.report.readUnknown(member));
    } catch (error) {
      this.report.failed("the constructor", error);
      return false;
    }
    this.lifecycle = new Lifecycle(this.instance, this.log, this.report);
    this.lifecycle.patience = this.patience;
    return true;
  }

  /**
   * Call a callback of the area. Without `always`, only where render returned true.
   *
   * @returns {Promise<{called: boolean, ok: boolean, value?: unknown}>}
   */
  async call(name, args = [], { always = false, optional = false } = {}) {
    const none = { called: false, ok: false };
    if (!this.lifecycle) return none;
    if (!this.lifecycle.has(name)) {
      if (!optional) this.log.add("warned", `callbacks.${name} is missing: nothing is called`);
      return none;
    }
    if (!this.runs && !always) {
      this.log.add("warned", `${name} is not called: the widget does not run here`);
      return none;
    }
    return this.lifecycle.call(name, ...args);
  }

  /** @returns {object | false} `self.list_selected()` */
  selection() {
    return this.page?.selection ? this.page.selection() : false;
  }

  cardConstants() {
    if (!this.card) return {};
    const { item } = this.cardData;
    return {
      card_id: this.card.id,
      card_element: { pipeline_id: item.pipeline_id, status: item.status_id, name: item.name, raw_price: item.price },
    };
  }

  /** The user clicks an item of the CRM's menu: a page change, as `everywhere` and `init_once` see it. */
  visit(area) {
    this.show(area, { passing: true });
  }

  /** `self.$authorizedAjax`: a really signed demo token in the documented header. */
  authorizedAjax(options) {
    const { $, log } = this;
    const result = $.Deferred();
    post("/_preview/token", { data: { user_id: this.demo.user.id } }).then(({ token, claims }) => {
      log.add("asked", `self.$authorizedAjax(${options.url})`, JSON.stringify(claims, null, 2));
      $.ajax({ ...options, headers: { ...options.headers, "X-Auth-Token": token } })
        .then(result.resolve, result.reject);
    }).catch((error) => result.reject(error));
    return result.promise();
  }

  watchWindow() {
    window.addEventListener("error", ({ error, message }) => {
      if (error || message) this.report.failedLater("uncaught", error || new Error(message));
    });
    window.addEventListener("unhandledrejection", ({ reason }) => {
      this.report.failedLater("unhandled rejection", reason);
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      const url = link && new URL(link.href, location.href);
      if (!url || url.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
      event.preventDefault();
      this.log.add("asked", `the user follows a link to ${url.pathname}`);
    });
    requirejs.onError = (error) => this.report.failedLater("require", error);
  }

  /** Wait until nothing is under way: no request, no line in the log. */
  async quiet(silence = QUIET_MS) {
    const start = performance.now();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      const now = performance.now();
      if (now - start > silence * QUIET_TRIES) return;
      if (this.network.pending === 0 && now - Math.max(this.log.lastAt, start) >= silence) return;
    }
  }

  /**
   * Open an area, do what its contract has, as a user would, and leave it.
   *
   * @param {string} code empty: only load the script
   * @returns {Promise<object>} the area's part of `preview --run --json`
   */
  async run(code) {
    this.report.begin();
    this.patience = RUN_PATIENCE_MS;
    if (!this.loaded) this.report.errors.push({ message: this.loadError.message, source: "widget" });
    else if (code) await this.drive(code);
    const { fidelity = "unknown" } = this.area || {};
    await this.leave();
    await this.quiet();
    return { area: code, fidelity, loaded: this.loaded, ...this.report.toJSON() };
  }

  /** Open an area and bring it to where a picture says most. */
  async pose(code) {
    const kind = kindOf(code);
    this.patience = RUN_PATIENCE_MS;
    await this.show(code, kind.visits?.at(-1));
    await this.quiet(60);
    await (kind.pose || kind.drive)?.(this, this.page);
    await this.quiet();
  }

  async drive(code) {
    for (const visit of kindOf(code).visits || [{}]) {
      await this.show(code, visit);
      await this.quiet(100);
      await this.kind.drive?.(this, this.page);
      await this.quiet(100);
    }
  }
}

window.kommoStage = Stage;
