/** Closes the ways to other machines that a content security policy does not: WebRTC and new windows. */

import { routeOf, shorten } from "./addresses.js";
import { stub } from "./unknown.js";

const CONNECTIONS = ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"];

/** @param {import("./stage.js").Stage} stage */
export function holdInside(stage) {
  const close = (inner) => {
    for (const name of CONNECTIONS) if (name in inner) delete inner[name];
  };
  close(window);
  closeFrames(close);
  window.open = (url = "") => {
    stage.report.note("window-held", `window.open(${shorten(url)}) was blocked: no window is opened`);
    return stub("window", () => {});
  };
  // a script's click on a link opens a window, like window.open
  const { click } = HTMLElement.prototype;
  HTMLElement.prototype.click = function () {
    if (leadsOut(this)) stage.report.note("window-held", `a link to ${shorten(this.href)} was blocked`);
    else click.call(this);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.isTrusted || !leadsOut(link)) return;
    event.preventDefault();
    stage.report.note("window-held", `a link to ${shorten(link.href)} was blocked`);
  }, true);

  function leadsOut(element) {
    if (!(element instanceof HTMLAnchorElement) || !element.href) return false;
    return element.target === "_blank" || ["foreign", "other"].includes(routeOf(element.href, { subdomain: "", online: true }).kind);
  }
}

/** Close them in the widget's own frames, too, however those are reached. */
function closeFrames(close) {
  for (const [owner, name] of [
    [HTMLIFrameElement.prototype, "contentWindow"],
    [HTMLIFrameElement.prototype, "contentDocument"],
  ]) {
    const { get, ...property } = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, {
      ...property,
      get() {
        const found = get.call(this);
        try {
          close(name === "contentWindow" ? found : found.defaultView);
        } catch {
          // a frame of another origin cannot be accessed, and the policy restricts it
        }
        return found;
      },
    });
  }
}
