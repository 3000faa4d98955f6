/** The frame that the widget runs in: a new one for each load, shown when it is ready. */

import { h } from "./ui/dom.js";
import { connect } from "./wire.js";

const stageOrigin = document.querySelector("meta[name=stage]")?.content || location.origin;

let frames = 0;
let spare = null;

/** @param {HTMLElement} holder @returns {{frame: HTMLIFrameElement, loaded: Promise}} a new, invisible frame */
function standFrame(holder) {
  frames += 1;
  const frame = h("iframe.stage-frame", {
    src: `${stageOrigin}/_host/stage.html?r=${frames}`,
    title: "The page in the CRM",
    "data-state": "loading",
    tabindex: -1,
    "aria-hidden": "true",
    // everything except navigating the preview's page
    sandbox: "allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads",
  });
  const loaded = new Promise((resolve) =>
    frame.addEventListener("load", resolve, { once: true }),
  );
  holder.append(frame);
  return { frame, loaded };
}

/** Prepare the frame of the next load in advance, so that a change is on screen sooner. */
export function prepareFrame(holder) {
  spare ??= standFrame(holder);
}

/**
 * Load a stage into a new frame, which stays invisible until `swapIn`.
 *
 * @param {HTMLElement} holder
 * @param {{state: object, answers: object}} given what the stage starts with
 * @param {Record<string, Function>} offered what the stage may call here
 * @param {() => void} onLeft the frame shows another page
 * @returns {Promise<{frame: HTMLIFrameElement, stage: (name: string, ...args: unknown[]) => Promise<any>,
 *   loadError: string}>}
 */
export async function openFrame(holder, given, offered, onLeft) {
  const standing = spare || standFrame(holder);
  spare = null;
  const { frame } = standing;
  await standing.loaded;
  const { port1, port2 } = new MessageChannel();
  const stage = connect(port1, offered);
  frame.contentWindow.postMessage("kommo-widget-preview", stageOrigin, [port2]);
  const { loadError } = await stage("boot", given);
  frame.addEventListener("load", onLeft);
  return { frame, stage, loadError };
}

/** Show a frame and remove the earlier ones. */
export function swapIn(frame) {
  for (const other of [...frame.parentElement.querySelectorAll(".stage-frame")]) {
    if (other !== frame && other !== spare?.frame) other.remove();
  }
  frame.id = "stage";
  frame.dataset.state = "shown";
  frame.removeAttribute("aria-hidden");
  frame.removeAttribute("tabindex");
}
