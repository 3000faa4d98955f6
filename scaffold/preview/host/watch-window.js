import { keepPage } from "./navigation.js";
import { shorten } from "./addresses.js";
import { isHosts } from "./ui/dom.js";
import { plainError } from "./script.js";

/**
 * Report what happens in the stage's window outside callbacks: errors, and links out of the page.
 *
 * @param {import("./stage.js").Stage} stage
 */
export function watchWindow({ log, report }) {
  window.addEventListener("error", ({ error, message }) => {
    if (/permission to navigate the target frame/.test(message)) {
      log.add("asked", "the widget leaves the page by window.top: the preview prevents this");
    } else if (error || message) report.failedLater("uncaught", error || new Error(message));
  });
  // failed loads of elements: the event does not bubble
  window.addEventListener(
    "error",
    ({ target }) => {
      const address = target instanceof Element && (target.src || target.href);
      if (!address || isHosts(target) || !new URL(address, location.href).pathname.startsWith("/upl/")) return;
      report.warn("own-file", `${shorten(address).split("?")[0]} is not in the widget`);
    },
    true,
  );
  window.addEventListener("unhandledrejection", ({ reason }) => {
    report.failedLater("unhandled rejection", reason);
  });
  requirejs.onError = (error) => report.failedLater("require", plainError(error));
  keepPage((text) => log.add("asked", text));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const url = link && new URL(link.href, location.href);
    if (!url || url.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    log.add("asked", `the user follows a link to ${url.pathname}`);
  });
}
