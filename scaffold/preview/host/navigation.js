/** Keeping the page of the CRM while a widget asks for another one. */

import { shorten } from "./addresses.js";

/**
 * Stop what would replace a page, and say so: a reload after a save is common, and what it shows in the CRM
 * is the CRM's own. A browser without the Navigation API lets it happen; `frame.js` notices that.
 *
 * @param {(text: string) => void} say
 * @param {{byUser?: boolean}} [options] `byUser`: also what the user asked for, such as a click on a link
 * @returns {() => void} loads the page again all the same
 */
export function keepPage(say, { byUser = true } = {}) {
  let isAllowed = false;
  window.navigation?.addEventListener("navigate", (event) => {
    const { destination, navigationType, userInitiated, downloadRequest } = event;
    if (destination.sameDocument || !event.cancelable || (downloadRequest ?? null) !== null) return;
    if (isAllowed || (userInitiated && !byUser)) return;
    event.preventDefault();
    const what =
      navigationType === "reload" ? "reloads the page" : `leaves the page for ${shorten(destination.url)}`;
    say(`the widget ${what}: the preview stays`);
  });
  return () => {
    isAllowed = true;
    window.location.reload();
  };
}
