/** Requests of the widget: seen, counted and, for `crm_post`, answered here. */

const HOST_HEADERS = { "Content-Type": "application/json", "X-Preview": "1" };
/** In place of a status: the widget itself gave the request up. */
const ABORTED = -1;
const POLICY_MS = 30;
const QUEUE_MS = 1000;
const ourFetch = window.fetch.bind(window);

/**
 * POST to the preview's own server.
 *
 * @param {string} path such as `/_preview/token`
 * @param {object} body
 * @returns {Promise<object>}
 */
export async function post(path, body) {
  const answer = await ourFetch(path, { method: "POST", headers: HOST_HEADERS, body: JSON.stringify(body) });
  if (!answer.ok)
    throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 200)}`);
  return answer.json();
}

/** GET from the preview's own server: no request of the widget. @param {string} path @returns {Promise<object>} */
export async function getJson(path) {
  const answer = await ourFetch(path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

/** Watches every request of the page; `pending` says how many are under way. */
export class Network {
  /** @param {import("./log.js").Log} log @param {import("./report.js").Report} report */
  constructor(log, report) {
    this.log = log;
    this.report = report;
    this.pending = 0;
    this.lastCrmPost = 0;
    this.crmQueue = Promise.resolve();
    this.watchXhr();
    this.watchFetch();
    this.watchPolicy();
  }

  /** Requests that the page's policy stops are no failure of theirs: `--run` reports them on its own. */
  watchPolicy() {
    this.stopped = new Set();
    document.addEventListener("securitypolicyviolation", ({ blockedURI }) => {
      const url = shorten(blockedURI);
      if (!this.stopped.has(url))
        this.log.add("warned", `${url} was not let through: the preview keeps to this machine`);
      this.stopped.add(url);
    });
  }

  watchXhr() {
    const network = this;
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url, ...rest) {
      this.previewLabel = `${String(method).toUpperCase()} ${shorten(url)}`;
      return open.call(this, method, url, ...rest);
    };
    XMLHttpRequest.prototype.send = function (...args) {
      network.start();
      let aborted = false;
      this.addEventListener("abort", () => (aborted = true));
      this.addEventListener("loadend", () =>
        network.finish(this.previewLabel, aborted ? ABORTED : this.status),
      );
      return send.apply(this, args);
    };
  }

  watchFetch() {
    window.fetch = async (input, init) => {
      const url = typeof input === "object" && "url" in input ? input.url : input;
      const label = `${(init?.method || input?.method || "GET").toUpperCase()} ${shorten(url)}`;
      this.start();
      let status = 0;
      try {
        const answer = await ourFetch(input, init);
        status = answer.status;
        return answer;
      } catch (error) {
        if (error?.name === "AbortError") status = ABORTED;
        throw error;
      } finally {
        this.finish(label, status);
      }
    };
  }

  start() {
    this.pending += 1;
  }

  async finish(label, status) {
    // the policy's event may come after the request's end
    if (!status) await new Promise((resolve) => setTimeout(resolve, POLICY_MS));
    this.pending -= 1;
    if (!status && this.stopped.has(label.split(" ")[1])) return undefined;
    if (status === ABORTED) return this.log.add("note", `${label} was aborted`);
    if (status && status < 400) return this.log.add("asked", `${label} → ${status}`);
    return this.report.failedLater(
      "request",
      new Error(`${label}: ${status ? `answered ${status}` : "no answer"}`),
    );
  }

  /**
   * `self.crm_post`: recorded, answered with an editable reply, at most one a second.
   *
   * @param {{url: string, data: unknown, type: string, reply: string}} request
   * @param {{done?: Function, fail?: Function}} callbacks
   */
  crmPost({ url, data, type, reply }, { done, fail }) {
    this.start();
    this.log.add("asked", `self.crm_post(${shorten(url)})`, this.log.show(data, 4));
    this.crmQueue = this.crmQueue.then(async () => {
      const wait = this.lastCrmPost + QUEUE_MS - performance.now();
      if (this.lastCrmPost && wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      this.lastCrmPost = performance.now();
      this.pending -= 1;
      this.answerCrmPost(url, type, reply, { done, fail });
    });
  }

  answerCrmPost(url, type, reply, { done, fail }) {
    try {
      const value = type === "json" ? JSON.parse(reply) : reply;
      this.log.add("returned", `crm_post(${shorten(url)}) answered ${this.log.show(value)}`);
      if (typeof done === "function") done(value);
    } catch (error) {
      if (error instanceof SyntaxError && typeof fail === "function") fail(error);
      this.report.failedLater(`crm_post(${shorten(url)})`, error);
    }
  }
}

/**
 * A URL for the log: ours without the origin, another's without its query, which may hold a secret.
 *
 * @param {unknown} url
 * @returns {string}
 */
export function shorten(url) {
  try {
    const { origin, pathname, search } = new URL(String(url), location.href);
    return origin === location.origin ? pathname + search : origin + pathname;
  } catch {
    return String(url);
  }
}
