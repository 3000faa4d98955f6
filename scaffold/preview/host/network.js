/** Requests of the widget: seen, counted and, for `crm_post`, answered here. */

const HOST_HEADERS = { "Content-Type": "application/json", "X-Preview": "1" };
/** In place of a status: the widget itself gave the request up. */
const ABORTED = -1;
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

  finish(label, status) {
    this.pending -= 1;
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
    this.log.add("asked", `self.crm_post(${url})`, this.log.show(data, 4));
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
      this.log.add("returned", `crm_post(${url}) answered ${this.log.show(value)}`);
      if (typeof done === "function") done(value);
    } catch (error) {
      if (error instanceof SyntaxError && typeof fail === "function") fail(error);
      this.report.failedLater(`crm_post(${url})`, error);
    }
  }
}

function shorten(url) {
  const text = String(url);
  return text.startsWith(location.origin) ? text.slice(location.origin.length) : text;
}
