/** Keeps the open area in the page's address, as `#/lcard`, for links and reloads. */

/** @returns {string} the area in the address; empty if there is none */
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
  // the first one gets no entry of its own in the browser's history
  if (areaOfAddress()) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}

/** @param {(code: string) => void} show */
export function followAddress(show) {
  addEventListener("popstate", () => areaOfAddress() && show(areaOfAddress()));
}
