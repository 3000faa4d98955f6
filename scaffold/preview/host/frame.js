/** The frame that the widget runs in: a fresh one for every load, swapped in when it is ready. */

import { h } from "./ui/dom.js";

let frames = 0;
let spare = null;

/** @param {HTMLElement} holder @returns {Promise<HTMLIFrameElement>} a new, invisible frame that stands */
function standFrame(holder) {
  frames += 1;
  const frame = h("iframe.stage-frame", {
    src: `/_host/stage.html?r=${frames}`,
    title: "The page in the CRM",
    "data-state": "loading",
    tabindex: -1,
    "aria-hidden": "true",
  });
  const loaded = new Promise((resolve) =>
    frame.addEventListener("load", () => resolve(frame), { once: true }),
  );
  holder.append(frame);
  return loaded;
}

/** Make the frame of the next load ready while nobody waits: a change is on screen the sooner. */
export function prepareFrame(holder) {
  spare ??= standFrame(holder);
}

/**
 * Load a stage into a fresh, still invisible frame.
 *
 * @param {HTMLElement} holder
 * @param {object} given what `Stage.boot` wants
 * @returns {Promise<{frame: HTMLIFrameElement, stage: import("./stage.js").Stage}>}
 */
export async function openFrame(holder, given) {
  const standing = spare || standFrame(holder);
  spare = null;
  const frame = await standing;
  const { kommoStage, document: inner } = frame.contentWindow;
  inner.documentElement.dataset.colorScheme = given.answers.scheme;
  inner.documentElement.lang = given.answers.language;
  const stage = await kommoStage.boot(given);
  frame.addEventListener("load", given.onLeft);
  return { frame, stage };
}

/** Show a frame and drop those before it. */
export function swapIn(frame) {
  for (const other of [...frame.parentElement.querySelectorAll(".stage-frame")]) {
    if (other !== frame) other.remove();
  }
  frame.id = "stage";
  frame.dataset.state = "shown";
  frame.removeAttribute("aria-hidden");
  frame.removeAttribute("tabindex");
}
