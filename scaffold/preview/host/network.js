/** The requests of the widget: logged, counted, routed to the fake API or answered here. */

import { routeOf, shorten } from "./addresses.js";

export { shorten };

const HOST_HEADERS = { "Content-Type": "application/json", "X-Preview": "1" };
/** In place of a status: the widget itself aborted the request. */
const ABORTED = -1;
const POLICY_MS = 30;
const QUEUE_MS = 1000;
const PATIENCE_MS = 3000;
const ourFetch = window.fetch.bind(window);
const ourTimeout = window.setTimeout.bind(window);
const NOT_SENT = "/_stage/not-sent";

/**
 * POST to the preview's server, which accepts this only from the preview's page.
 *
 * @param {string} path such as `/_preview/token`
 * @param {object} body
 * @returns {Promise<object>}
 */
export async function post(path, body) {
  const answer = await ourFetch(path, { method: "POST", headers: HOST_HEADERS, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(reasonIn(await answer.text()) || `${path} answered ${answer.status}`);
  return answer.json();
}

/** The message of a problem document or of a plain text. */
function reasonIn(text) {
  try {
    return String(JSON.parse(text).detail || "");
  } catch {
    return text.slice(0, 400);
  }
}

/** GET from the preview's server; not a request of the widget. @param {string} path @returns {Promise<object>} */
export async function getJson(path) {
  const answer = await ourFetch(path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

/** Watches every request of the page; `pending` is how many are in progress. */
export class Network {
  /**
   * @param {import("./log.js").Log} log
   * @param {import("./report.js").Report} report
   * @param {{subdomain: string, online: boolean, widget: object, onWrite: () => void}} options
   */
  constructor(log, report, options) {
    Object.assign(this, { log, report, options });
    this.pending = 0;
    /** When each of those began: one that stays open for long, such as a poll, is not waited for. */
    this.began = new Map();
    this.lastCrmPost = 0;
    this.crmQueue = Promise.resolve();
    /** Whether to limit `crm_post` to one request a second, as the CRM does; a run need not wait. */
    this.isPaced = true;
    this.stopped = new Set();
    this.watchXhr();
    this.watchFetch();
    this.watchPolicy();
  }

  /** Return where a request really goes, and its name in the log. */
  route(method, url) {
    const route = routeOf(url, this.options);
    const label = `${String(method).toUpperCase()} ${shorten(url)}`;
    if (route.kind !== "foreign") return { ...route, label };
    return { kind: "foreign", label, url: `${NOT_SENT}?url=${encodeURIComponent(shorten(url))}` };
  }

  /** Report what the page's policy blocks: images, sockets, frames of other servers. */
  watchPolicy() {
    document.addEventListener("securitypolicyviolation", ({ blockedURI }) => {
      this.stop(shorten(blockedURI));
    });
  }

  stop(address) {
    if (this.stopped.has(address)) return;
    this.stopped.add(address);
    this.log.add("warned", `${address} was blocked: the preview reaches only this machine`);
    if (/^(https?|wss?):/.test(address)) this.report.blocked(address);
  }

  watchXhr() {
    const network = this;
    const { open, send } = XMLHttpRequest.prototype;
    const routes = new WeakMap();
    XMLHttpRequest.prototype.open = function (method, url, ...rest) {
      const route = network.route(method, url);
      routes.set(this, route);
      if (route.kind === "foreign") {
        // before all other listeners: what the widget does with the answer follows from it
        for (const type of ["readystatechange", "load", "loadend"])
          this.addEventListener(type, () => this.readyState === 4 && network.report.follow(route.label));
      }
      return open.call(this, method, route.url, ...rest);
    };
    XMLHttpRequest.prototype.send = function (...args) {
      const route = routes.get(this);
      network.start(this);
      this.addEventListener("loadend", () => network.began.delete(this));
      let aborted = false;
      this.addEventListener("abort", () => (aborted = true));
      this.addEventListener("loadend", () => network.finish(route, aborted ? ABORTED : this.status));
      return send.apply(this, args);
    };
  }

  watchFetch() {
    window.fetch = async (input, init) => {
      const isRequest = typeof input === "object" && "url" in input;
      const route = this.route(init?.method || input?.method || "GET", isRequest ? input.url : input);
      const target = isRequest && route.kind !== "plain" ? new Request(route.url, input) : input;
      const key = {};
      this.start(key);
      let status = 0;
      try {
        const answer = await ourFetch(isRequest ? target : route.url, init);
        status = answer.status;
        if (route.kind === "foreign") this.followAnswer(route.label, answer);
        return answer;
      } catch (error) {
        if (error?.name === "AbortError") status = ABORTED;
        throw error;
      } finally {
        this.began.delete(key);
        this.finish(route, status);
      }
    };
  }

  /** The body of an answer is read later: errors that result from it follow from the answer as well. */
  followAnswer(label, answer) {
    this.report.follow(label);
    for (const name of ["json", "text", "blob", "arrayBuffer"]) {
      const read = answer[name].bind(answer);
      answer[name] = () => read().finally(() => this.report.follow(label));
    }
  }

  start(key) {
    this.pending += 1;
    if (key) this.began.set(key, performance.now());
  }

  /** @returns {number} how many requests in progress are worth waiting for */
  get waiting() {
    const old = performance.now() - PATIENCE_MS;
    return this.pending - [...this.began.values()].filter((began) => began < old).length;
  }

  async finish(route, status) {
    const { label, kind } = route;
    // the policy's event may come after the request's end
    if (!status) await new Promise((resolve) => ourTimeout(resolve, POLICY_MS));
    const isCors = !status && kind === "other" && (await answersWithout(route.url));
    this.pending -= 1;
    if (kind === "foreign") return this.stop(label.split(" ")[1]);
    if (!status && this.stopped.has(label.split(" ")[1])) return undefined;
    if (status === ABORTED) return this.log.add("note", `${label} was aborted`);
    if (status && status < 400) return this.succeeded(route, status);
    const { code, own_code: own } = this.options.widget;
    if (own !== code && new RegExp(`/widgets/(\\w+/)?${own}\\b`).test(label))
      this.report.warn("literal-code", `${label}: the platform gives the widget another code, here ${code}`);
    const reason = status ? `answered ${status}` : isCors ? "refused by CORS" : "no answer";
    this.report.failedLater("request", new Error(`${label}: ${reason}`), this.codeOf(route, status, isCors));
    return undefined;
  }

  succeeded({ label, url }, status) {
    this.log.add("asked", `${label} → ${status}`);
    if (/^(POST|PATCH)\s/.test(label) && /\/(notes|tasks)(\/\d+)?\/?$/.test(new URL(url, location.href).pathname))
      this.options.onWrite();
  }

  codeOf({ url }, status, isCors) {
    if (isCors) return "cors";
    const { pathname, origin } = new URL(url, location.href);
    if (origin !== location.origin) return "request";
    if (pathname.startsWith("/upl/")) return "own-file";
    return /^\/(private\/)?api\//.test(pathname) && ![403, 429].includes(status) ? "api" : "request";
  }

  /**
   * `self.crm_post`: logged, answered with an editable reply, at most once a second.
   *
   * @param {{url: string, data: unknown, type: string, reply: () => Promise<string>}} request
   * @param {{done?: Function, fail?: Function}} callbacks
   */
  crmPost({ url, data, type, reply }, { done, fail }) {
    this.start();
    this.log.add("asked", `self.crm_post(${shorten(url)})`, this.log.full(data) || this.log.show(data));
    this.crmQueue = this.crmQueue.then(async () => {
      const text = await reply();
      const wait = this.lastCrmPost + QUEUE_MS - performance.now();
      if (this.lastCrmPost && wait > 0 && this.isPaced) await new Promise((resolve) => ourTimeout(resolve, wait));
      this.lastCrmPost = performance.now();
      this.pending -= 1;
      this.answerCrmPost(url, type, text, { done, fail });
    });
  }

  answerCrmPost(url, type, reply, { done, fail }) {
    const label = `crm_post(${shorten(url)})`;
    this.report.follow(label);
    try {
      const value = type === "json" ? JSON.parse(reply) : reply;
      this.log.add("returned", `${label} answered ${this.log.show(value)}`, this.log.full(value));
      if (typeof done === "function") done(value);
    } catch (error) {
      if (error instanceof SyntaxError && typeof fail === "function") fail(error);
      this.report.failedLater(label, error);
    }
  }
}

/** Return whether a server answers at all: then it was the browser that withheld the answer. */
async function answersWithout(url) {
  try {
    await ourFetch(url, { method: "HEAD", mode: "no-cors", credentials: "omit" });
    return true;
  } catch {
    return false;
  }
}
