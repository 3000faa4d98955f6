/** Keeps the page when a widget navigates to another one. */

import { shorten } from "./addresses.js";

/**
 * Cancel navigations that would replace the page, and log them: a reload after a save is common, and in the CRM
 * shows the CRM's own page. A browser without the Navigation API lets them happen; `frame.js` notices that.
 *
 * @param {(text: string) => void} say
 * @param {{byUser?: boolean}} [options] `byUser`: also navigations by the user, such as a click on a link
 * @returns {() => void} reloads the page all the same
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
    say(`the widget ${what}: the preview prevents this`);
  });
  return () => {
    isAllowed = true;
    window.location.reload();
  };
}
