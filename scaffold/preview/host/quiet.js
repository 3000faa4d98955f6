/** Waiting for a widget to come to rest. */

const QUIET_MS = 300;
const STEP_MS = 20;
/** Enough where no timer of the widget's runs: promises and messages come at once. */
const CALM_MS = 30;
const ourTimeout = window.setTimeout.bind(window);

/** A widget that polls is never quiet: it is waited for this many times the silence asked for. */
const QUIET_TRIES = 10;

/** Style sheets that did not come. */
const failed = new WeakSet();
document.addEventListener("error", ({ target }) => failed.add(target), true);

/** A picture or a style sheet is under way. */
function isLoading() {
  return (
    [...document.images].some((image) => !image.complete && image.loading !== "lazy") ||
    [...document.querySelectorAll("link[rel=stylesheet]")].some((link) => !link.sheet && !failed.has(link))
  );
}

/**
 * Wait until nothing is under way: no callback, no request, no picture, no line in the log.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {number} [silence] ms, while a timer of the widget's runs
 */
export async function quiet(stage, silence = QUIET_MS) {
  const start = performance.now();
  for (;;) {
    await new Promise((resolve) => ourTimeout(resolve, STEP_MS));
    const now = performance.now();
    // a promise of a callback has a limit of its own
    if (stage.lifecycle?.running) continue;
    // nor does a request come back the sooner on a busy machine; what fails with its answer does so by itself
    if (stage.network.waiting > 0 || stage.report.follows) continue;
    if (now - start > silence * QUIET_TRIES) return;
    if (isLoading()) continue;
    const enough = stage.traces.timers.size ? silence : Math.min(silence, CALM_MS);
    if (now - Math.max(stage.log.lastAt, start) >= enough) return;
  }
}
