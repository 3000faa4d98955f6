/** "Show the fix": first the diff of `check --fix`, then, on a second click, the write. */

import { post } from "../network.js";
import { fill, h } from "./dom.js";

/** @param {string} code of the rule: all of its findings are fixed together @returns {HTMLElement} */
export function fixButton(code) {
  const shown = h(".fix__shown", { "aria-live": "polite" });
  const open = h("button.fix__button", { type: "button", onclick: () => attempt(shown, () => showDiff(shown, code)) }, "Show the fix");
  return h(".fix", {}, open, shown);
}

async function showDiff(shown, code) {
  const { diff, changes, digest } = await post("/_preview/fix/diff", { code });
  const write = () => attempt(shown, () => apply(shown, code, digest));
  fill(
    shown,
    h("ul.fix__changes", {}, changes.map((change) => h("li", {}, change))),
    h("pre.fix__diff", { tabindex: 0, "aria-label": "Diff" }, diff.split("\n").map(diffLine)),
    h("button.fix__button.fix__button_write", { type: "button", onclick: write }, "Apply"),
    h("button.fix__button", { type: "button", onclick: () => fill(shown) }, "Cancel"),
  );
}

/** The page updates by itself, as the files are watched. */
async function apply(shown, code, digest) {
  const { changes } = await post("/_preview/fix/write", { code, digest });
  fill(shown, h("p.fix__done", {}, `Written: ${changes.join("; ")}`));
}

async function attempt(shown, act) {
  try {
    await act();
  } catch (error) {
    fill(shown, h("p.fix__refused", { role: "alert" }, error.message));
  }
}

function diffLine(line) {
  const [, sign] = line.match(/^([-+@])(?!\1\1 )/) || [];
  const kind = { "+": "added", "-": "removed", "@": "place" }[sign];
  return h("span", { class: kind ? `fix__line_${kind}` : "" }, `${line}\n`);
}
