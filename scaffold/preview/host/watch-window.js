import { keepPage } from "./navigation.js";
import { plainError } from "./script.js";

/**
 * Note what happens in the stage's window outside of any callback: errors, and links out of the page.
 *
 * @param {import("./stage.js").Stage} stage
 */
export function watchWindow({ log, report }) {
  window.addEventListener("error", ({ error, message }) => {
    if (error || message) report.failedLater("uncaught", error || new Error(message));
  });
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
