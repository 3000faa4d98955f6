/** The open area in the page's address, as `#/lcard`: it can be linked to, and a reload keeps it. */

/** @returns {string} the area that the address names; empty where it names none */
export function areaOfAddress() {
  const [, code] = location.hash.match(/^#\/(.+)$/) || [];
  try {
    return code ? decodeURIComponent(code) : "";
  } catch {
    return "";
  }
}

/** @param {string} code */
export function nameInAddress(code) {
  if (!code || areaOfAddress() === code) return;
  const hash = `#/${encodeURIComponent(code)}`;
  // the first one is not a step of its own for the browser's way back
  if (areaOfAddress()) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}

/** @param {(code: string) => void} show */
export function followAddress(show) {
  addEventListener("popstate", () => areaOfAddress() && show(areaOfAddress()));
}
