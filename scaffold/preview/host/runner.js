/** Driving an area without a user, for `preview --run`. */

import { kindOf } from "./areas/index.js";
import { quiet } from "./quiet.js";

/** How long a promise of a callback is waited for. */
const PATIENCE_MS = 3000;

/**
 * Open an area, do what its contract has, as a user would, and leave it.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {string} code empty: only load the script
 * @returns {Promise<object>} the area's part of `preview --run --json`
 */
export async function run(stage, code) {
  stage.report.begin();
  stage.patience = PATIENCE_MS;
  if (!stage.loaded) stage.report.errors.push({ message: stage.loadError.message, source: "widget" });
  else if (code) await drive(stage, code);
  const { fidelity = "unknown" } = stage.area || {};
  await stage.leave();
  await quiet(stage);
  return { area: code, fidelity, loaded: stage.loaded, ...stage.report.toJSON() };
}

async function drive(stage, code) {
  for (const visit of kindOf(code).visits || [{}]) {
    await stage.show(code, visit);
    await quiet(stage, 100);
    await use(stage, stage.kind.drive);
    await quiet(stage, 100);
  }
}

/**
 * Open an area and bring it to where a picture says most.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {string} code
 */
export async function pose(stage, code) {
  const kind = kindOf(code);
  stage.patience = PATIENCE_MS;
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
