/** Waits until a widget is idle. */

const QUIET_MS = 300;
const STEP_MS = 20;
/** Enough if no timer of the widget is running: promises and messages come at once. */
const CALM_MS = 30;
const ourTimeout = window.setTimeout.bind(window);

/** A widget that polls is never idle: the wait ends after this many times the requested silence. */
const QUIET_TRIES = 10;

/** Style sheets that failed to load. */
const failed = new WeakSet();
document.addEventListener("error", ({ target }) => failed.add(target), true);

/** Whether an image or a style sheet is loading. */
function isLoading() {
  return (
    [...document.images].some((image) => !image.complete && image.loading !== "lazy") ||
    [...document.querySelectorAll("link[rel=stylesheet]")].some((link) => !link.sheet && !failed.has(link))
  );
}

/**
 * Wait until nothing happens: no callback, no request, no image, no line in the log.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {number} [silence] ms, while a timer of the widget is running
 */
export async function quiet(stage, silence = QUIET_MS) {
  const start = performance.now();
  for (;;) {
    await new Promise((resolve) => ourTimeout(resolve, STEP_MS));
    const now = performance.now();
    // a promise of a callback has its own limit
    if (stage.lifecycle?.running) continue;
    // a request may take long on a busy machine; an error that follows from its answer is reported later
    if (stage.network.waiting > 0 || stage.report.follows) continue;
    if (now - start > silence * QUIET_TRIES) return;
    if (isLoading()) continue;
    const enough = stage.traces.timers.size ? silence : Math.min(silence, CALM_MS);
    if (now - Math.max(stage.log.lastAt, start) >= enough) return;
  }
}
