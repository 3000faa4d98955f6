/** What the preview's page does: it loads the widget, visits its areas, and follows the server. */

import { defaultAnswers, rememberScheme } from "./answers.js";
import { areaOfAddress, followAddress, nameInAddress } from "./area-address.js";
import { keepPage } from "./navigation.js";
import { openFrame, prepareFrame, swapIn } from "./frame.js";
import { getJson, post } from "./network.js";
import { watchChanges } from "./reload.js";
import { fetchState, sendSample } from "./server.js";
import { describeThrown } from "./thrown.js";
import { Turns } from "./turns.js";
import { entryOf } from "./ui/server.js";
import { buildShell } from "./ui/shell.js";

const query = new URLSearchParams(location.search);
/** How long the new page has to itself before the next frame is prepared. */
const REST_MS = 500;
const isRun = query.get("run") === "1";

export class Preview {
  constructor() {
    this.state = null;
    this.stage = null;
    this.current = "";
    /** Of the widget's files that the page shows. */
    this.revision = 0;
    this.lastHeard = 0;
    this.greeted = Promise.resolve();
    this.turns = new Turns();
  }

  async start() {
    this.shell = buildShell(this);
    this.loadPage = keepPage((text) => this.shell.log.note(text), { byUser: false });
    prepareFrame(this.shell.holder);
    this.state = await fetchState();
    this.answers = defaultAnswers(this.state, query);
    this.setTheme(this.answers.scheme);
    this.showState();
    if (isRun) return;
    this.greeted = new Promise((resolve) => this.listen(resolve));
    // what changed before the page could hear of it
    this.greeted.then(({ revision }) => this.changed({ files: [], error: null, revision }));
    this.hearEarlier().catch((error) => this.shell.log.note(error.message));
    followAddress((code) => code !== this.current && this.show(code));
    const wanted = areaOfAddress() || query.get("area");
    const first = this.state.areas.find((area) => area.area === wanted) || this.state.areas[0];
    await this.show(first ? first.area : "");
  }

  /** @param {(greeting: {revision: number}) => void} hello from now on, no event is missed */
  listen(hello) {
    watchChanges(
      {
        change: (change) => this.changed(change),
        api: (entry) => this.shell.log.api(entry),
        continue: (step) => this.stage?.("continued", step),
        server: (event) => this.heard(event),
      },
      {
        hello,
        gone: () => this.shell.gone.showStopped(this.state.start),
        refused: () => this.shell.gone.showRestarted(),
        back: () => this.back(),
      },
    );
  }

  /** Add the server's events from before the page was opened. */
  async hearEarlier() {
    for (const event of await this.shell.server.refresh()) this.heard(event);
  }

  /** Log an event of the widget's server, each once. */
  heard(event) {
    if (event.id <= this.lastHeard) return;
    this.lastHeard = event.id;
    this.shell.log.add(entryOf(event));
    this.shell.server.event(event);
    if (event.source === "asked") this.stage?.("accountChanged");
  }

  /** PHP's server now replaces the widget's: reload, so that the script's requests go there. */
  serverChanged() {
    return this.reload(async () => {
      this.state = await fetchState();
    });
  }

  /** @param {object} body a request of the tab “Server” */
  send(body) {
    return sendSample(body, isRun);
  }

  /** @returns {Array<{area: string, location: string, title: string, fidelity: string}>} the declared areas */
  areas() {
    return this.state.areas.map(({ area, location: text, title, fidelity }) => ({
      area,
      location: text,
      title,
      fidelity,
    }));
  }

  /**
   * Open an area, as a new visit even if it is open already; the first one loads the widget.
   *
   * @param {string} code
   */
  show(code) {
    return this.turns.add(async () => {
      this.forgetThrown();
      if (this.stage) await this.visit(this.stage, code);
      else await this.load((stage) => this.visit(stage, code));
    });
  }

  visit(stage, code) {
    return code ? this.turns.visited(stage("show", code)) : undefined;
  }

  /**
   * Load the widget again in the same area, after a file, the language or an answer has changed.
   *
   * @param {() => unknown} [prepare] called before; if it returns false, nothing is loaded
   */
  reload(prepare = () => {}) {
    return this.turns.addReload(async () => {
      if ((await prepare()) === false) return;
      const code = this.current || this.state.areas[0]?.area || "";
      await this.load((stage) => this.visit(stage, code));
    });
  }

  /**
   * Load the widget into a new frame, act on its stage, and show it.
   *
   * @param {(stage: Function) => unknown} act makes calls to the stage
   * @param {object} [answers]
   */
  async load(act, answers = this.answers) {
    if (!this.state.widget.readable) return undefined;
    await this.applyScenario(answers);
    const { frame, stage, loadError } = await openFrame(
      this.shell.holder,
      { state: this.state, answers, online: query.get("online") === "1" },
      this.offered(answers),
      () => this.shell.showError({ message: "The widget has replaced the page. Reload it." }),
    );
    this.stage = stage;
    // a run continues with the next area at once
    if (isRun) prepareFrame(this.shell.holder);
    this.forgetThrown();
    if (!isRun) this.shell.showStatus(answers.status);
    this.shell.showError(loadError ? { message: loadError } : null);
    const result = await act(stage);
    swapIn(frame);
    if (!isRun) setTimeout(prepareFrame, REST_MS, this.shell.holder);
    return result;
  }

  /** The functions that the stage may call; the widget's own code cannot reach them. */
  offered(answers) {
    return {
      record: (entry) => this.record(entry),
      shown: (code) => this.shown(code),
      answered: (changed) => {
        Object.assign(answers, changed);
        if (!isRun) this.shell.showStatus(answers.status);
        this.shell.answers.refresh();
      },
      reply: (url) => {
        this.shell.answers.offerReply(url);
        return this.answers.replies[url];
      },
      token: (data) => post("/_preview/token", { data }),
      send: (body) => sendSample(body, isRun),
      senders: () => getJson("/_preview/server.json"),
      mobileUrl: (search) => getJson(`/_preview/mobile-url?${search}`),
    };
  }

  /** Log an entry; show the area's first exception above the page, as others often follow from it. */
  record(entry) {
    this.shell.log.add(entry);
    if (!entry.thrown || this.thrown || isRun) return;
    const thrown = {};
    this.thrown = thrown;
    describeThrown(entry, this.state.widget.path).then((error) => {
      if (this.thrown === thrown) this.shell.showError(error);
    });
  }

  forgetThrown() {
    if (this.thrown) this.shell.showError(null);
    this.thrown = null;
  }

  /** The server answers again; a new one has another origin for the widget, which needs a page reload. */
  back() {
    return this.reload(async () => {
      const { stage } = this.state;
      this.state = await fetchState();
      if (this.state.stage !== stage) {
        this.loadPage();
        return false;
      }
      this.shell.gone.hide();
      return this.showState();
    });
  }

  /** Install the widget again, with its saved settings. */
  install() {
    this.answers.status = "installed";
    this.shell.answers.refresh();
    return this.reload();
  }

  /** Tell the server about a change of user, code or latency. */
  async applyScenario({ user, latency, code }) {
    const known = this.state.scenario;
    const { code: current } = this.state.widget;
    if (user === known.user && latency === known.latency && code === current) return;
    Object.assign(known, await post("/_preview/scenario", { user, latency, code }));
    if (known.code === current) return;
    this.state = await fetchState();
    this.answers.code = this.state.widget.code;
  }

  shown(code) {
    this.current = code;
    if (!isRun) nameInAddress(code);
    this.shell.showArea(
      this.state.areas.find((area) => area.area === code),
      code,
    );
  }

  /**
   * Drive one area as a user would, in a new frame.
   *
   * @param {string} code
   * @param {{picture?: boolean, disable?: boolean}} [options] `picture`: open it once more for a screenshot;
   *   `disable`: false keeps the widget installed
   * @returns {Promise<object>}
   */
  async run(code, { picture = false, language = "", ...options } = {}) {
    if (!this.state.widget.readable) return unreadable(code, this.state.widget.problems);
    const answers = () => ({ ...structuredClone(this.answers), ...(language && { language }) });
    const report = await this.load((stage) => stage("run", code, options), answers());
    this.current = "";
    if (picture && code && report.loaded) await this.load((stage) => stage("pose", code), answers());
    return report;
  }

  /** @param {"light" | "dark"} scheme */
  setTheme(scheme) {
    this.answers.scheme = scheme;
    document.documentElement.dataset.colorScheme = scheme;
    this.stage?.("theme", scheme);
    this.shell.showScheme(scheme);
    if (!isRun) rememberScheme(scheme);
  }

  /** @param {string} language */
  setLocale(language) {
    this.answers.language = language;
    this.shell.answers.refresh();
    return this.stage ? this.reload() : Promise.resolve();
  }

  showState() {
    this.shell.showState(this.state);
    this.revision = this.state.revision;
  }

  async changed({ files, error, revision }) {
    // the page was opened after this change, whose event came late: a reload would undo what the user has done
    if (revision === this.revision) return;
    this.shell.showError(error && { ...error, note: "The last valid version is still shown." });
    if (error) return;
    if (files.length) this.shell.log.note(`changed: ${files.join(", ")}`);
    await this.reload(async () => {
      if (revision === this.revision) return false;
      this.state = await fetchState();
      return this.showState();
    });
  }

  /** Resolves when the page hears the server, and all loads and visits that were asked for are finished. */
  async settled() {
    await this.greeted;
    await this.turns.settled();
  }

  /** Resolves when that has been done, by the page and in the frame, and is in the log. */
  async flush() {
    await this.greeted;
    await this.turns.ask(() => this.stage?.("flush"));
  }
}

/** The report of an area whose widget cannot be read. */
function unreadable(area, problems) {
  const errors = problems.map((problem) => ({
    message: String(problem.message || problem),
    source: "widget",
  }));
  return {
    area,
    fidelity: "unknown",
    loaded: false,
    called: [],
    warnings: [],
    notes: [],
    errors,
    async_errors: [],
    unknown_members: [],
  };
}
