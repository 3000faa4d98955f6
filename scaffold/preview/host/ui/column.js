/** The border of the inspector's column: drag it, or move it with the arrow keys. */

import { h } from "./dom.js";

const KEY = "preview-inspector";
const LEAST = 260;
const STEP = 24;

/** @param {HTMLElement} column the inspector, at the right edge of the page */
export function buildColumnBorder(column) {
  const most = () => Math.max(LEAST, Math.round(window.innerWidth * 0.6));
  const widthOf = () => Math.round(column.getBoundingClientRect().width);
  const set = (wanted) => {
    const width = Math.min(Math.max(Math.round(wanted), LEAST), most());
    document.body.style.setProperty("--inspector", `${width}px`);
    tell(width);
    keep(width);
  };
  const tell = (width) => {
    element.setAttribute("aria-valuenow", String(width));
    element.setAttribute("aria-valuemax", String(most()));
  };
  const element = h(".column-border", {
    role: "separator",
    tabindex: 0,
    "aria-orientation": "vertical",
    "aria-label": "Width of the inspector",
    "aria-valuemin": LEAST,
    title: "Drag to resize",
    onpointerdown: (event) => {
      event.preventDefault();
      element.setPointerCapture(event.pointerId);
    },
    onpointermove: ({ pointerId, clientX }) =>
      element.hasPointerCapture(pointerId) && set(window.innerWidth - clientX),
    onkeydown: ({ key }) => {
      const by = { ArrowLeft: STEP, ArrowRight: -STEP }[key];
      if (by) set(widthOf() + by);
    },
    onfocus: () => tell(widthOf()),
  });
  tell(LEAST);
  const kept = Number(remembered());
  if (kept) set(kept);
  return element;
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(width) {
  try {
    localStorage.setItem(KEY, String(width));
  } catch {
    // storage may be disabled: the width then lasts as long as the page
  }
}
