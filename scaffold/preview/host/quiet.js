/** Waiting for a widget to come to rest. */

const QUIET_MS = 300;
const STEP_MS = 20;
const ourTimeout = window.setTimeout.bind(window);

/** A widget that polls is never quiet: it is waited for this many times the silence asked for. */
const QUIET_TRIES = 10;

/**
 * Wait until nothing is under way: no callback, no request, no line in the log.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {number} [silence] ms
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
    if (now - Math.max(stage.log.lastAt, start) >= silence) return;
  }
}
