/** Drives an area without a user, for `preview --run`. */

import { kindOf } from "./areas/index.js";
import { quiet } from "./quiet.js";

/** How long to wait for a promise of a callback. */
const PATIENCE_MS = 3000;

/** Visits after the driven ones, to find leftovers that grow with each visit. */
const MORE_VISITS = 10;

/**
 * Open an area, use it as a user would, and leave it; then visit it repeatedly.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {string} code empty: only load the script
 * @param {{disable?: boolean}} [options]
 * @returns {Promise<object>} the area's part of `preview --run --json`
 */
export async function run(stage, code, { disable = true } = {}) {
  stage.patience = PATIENCE_MS;
  stage.disables = disable;
  stage.network.isPaced = false;
  if (!stage.loaded)
    stage.report.errors.push({ message: stage.loadError.message, source: stage.loadError.source || "widget" });
  else if (code) await drive(stage, code);
  await stage.leave();
  await quiet(stage, 200);
  if (stage.loaded && code) {
    await visitAgain(stage, code);
    noteUncalled(stage, code);
  }
  return { area: code, fidelity: fidelityOf(stage, code), loaded: stage.loaded, callbacks: callbacksOf(stage), ...stage.report.toJSON() };
}

/** @returns {string[]} the documented callbacks that the widget has */
function callbacksOf(stage) {
  return Object.keys(stage.state.callbacks).filter((name) => stage.seen.has(name));
}

async function drive(stage, code) {
  const kind = await kindOf(stage.state, code);
  for (const visit of kind.visits || [{}]) {
    await stage.show(code, visit);
    await quiet(stage, 80);
    await use(stage, kind.drive);
    await quiet(stage, 80);
  }
}

/** Make a second visit and ten more, each left as soon as it is drawn, so that late answers find another page. */
async function visitAgain(stage, code) {
  // a widget whose promises never settle would be waited for each time
  const isSlow = [...stage.report.warnings.values()].some(({ code }) => code === "pending");
  if (stage.initOnce || isSlow || stage.settings.status === "install") return;
  const { called } = stage.report;
  stage.report.called = [];
  stage.report.isAgain = stage.log.isMuted = true;
  await stage.show(code);
  await stage.leave();
  const before = stage.left;
  for (let visit = 0; before && visit < MORE_VISITS; visit += 1) {
    await stage.show(code);
    await stage.leave();
  }
  await quiet(stage, 100);
  stage.report.called = called;
  stage.report.isAgain = stage.log.isMuted = false;
  if (before) warnOfGrowth(stage, before, stage.traces.leftovers());
}

function warnOfGrowth(stage, before, after) {
  for (const [kind, names] of Object.entries(after)) {
    const more = names.length - before[kind].length;
    if (more >= MORE_VISITS - 1)
      stage.report.warn("grows", `each visit leaves more ${kind} behind: ${more} more after ${MORE_VISITS} visits, ${names.at(-1)}`);
  }
}

/** Warn of an area's own callbacks that were not called, because the preview has no page for them. */
function noteUncalled(stage, code) {
  const { callbacks = [], module } = stage.area || {};
  const called = new Set(stage.report.called.map(({ callback }) => callback));
  for (const name of callbacks) {
    if (!called.has(name) && !module) stage.report.warn("not-called", `callbacks.${name} is never called: the preview has no page for ${code}`);
  }
}

/** Unknown, unless the page has a module that draws the area and the script was loaded. */
function fidelityOf(stage, code) {
  const row = stage.state.areas.find(({ area }) => area === code);
  if (!row || !stage.loaded) return "unknown";
  return row.module || !row.callbacks.length ? row.fidelity : "unknown";
}

/**
 * Open an area and bring it into the state that a screenshot should show.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {string} code
 */
export async function pose(stage, code) {
  const kind = await kindOf(stage.state, code);
  stage.patience = PATIENCE_MS;
  stage.disables = false;
  await stage.show(code, kind.visits?.at(-1));
  await quiet(stage, 60);
  await use(stage, kind.pose || kind.drive);
  await quiet(stage);
}

async function use(stage, act) {
  if (!act || !stage.page) return;
  try {
    await act(stage, stage.page);
  } catch (error) {
    stage.report.broke(`driving ${stage.area.area}`, error);
  }
}
