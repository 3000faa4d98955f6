/** The frame of a CRM page: left menu, top bar, page holder; our own markup with the documented ids and classes. */

import { shorten } from "./addresses.js";
import { MENU } from "./places.js";
import { h } from "./ui/dom.js";
import { icon } from "./ui/icons.js";

/**
 * Draw a page from scratch.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {{title: string, crumbs?: string, buttons?: Node[], menu?: Node[]}} head
 * @param {...Node} content
 */
export function drawPage(stage, { title, crumbs = "", buttons = [], menu = [] }, ...content) {
  const holder = h(
    "#page_holder.page-holder",
    {},
    h(
      ".list__body-right__top",
      {},
      h(
        ".content__top__preset",
        {},
        crumbs && h("span.crm-crumbs", {}, crumbs),
        h("h1.crm-title", {}, title),
      ),
      h(".list__body-right__top__buttons", {}, buttons),
    ),
    h(".crm-content", {}, content),
  );
  document.body.classList.remove("page-overlay");
  document.querySelectorAll("body > .crm, body > .widget-settings__modal").forEach((old) => old.remove());
  document.body.prepend(h(".crm", {}, drawMenu(stage, menu), holder));
  document
    .querySelector("#nav_menu [aria-current=page]")
    ?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function drawMenu(stage, own) {
  const items = MENU.map(([title, area, name]) =>
    h(
      "button.nav__menu__item",
      {
        type: "button",
        "data-entity": area,
        "aria-current": (stage.place.menu || stage.place.area) === area ? "page" : false,
        onclick: () => stage.visit(area),
      },
      h("span.nav__menu__item__icon", {}, icon(name)),
      h("span.nav__menu__item__title", {}, title),
    ),
  );
  return h("#nav_menu.nav__menu", { role: "navigation", "aria-label": "CRM" }, items, own);
}

/** A box that explains the page. */
export function notice(title, text, ...more) {
  return h("section.crm-notice", {}, h("h2.crm-notice__title", {}, title), h("p", {}, text), more);
}

/**
 * Note in the log and the report why an area calls nothing: it has no callback, only the server is called.
 *
 * @param {import("./stage.js").Stage} stage
 * @param {string} what happens there, up to the address
 * @param {string} key of the manifest
 * @param {string} [url] its value
 */
export function noteServerOnly({ report }, what, key, url) {
  const address = url ? `${shorten(url)} (${key})` : `${key}, which the manifest does not have`;
  report.note("no-callback", `this area has no callback: ${what} ${address}`);
}

/** @param {string} text @param {Function} act @param {string} [className] @returns {HTMLElement} */
export function button(text, act, className = "") {
  return h(
    "button.button-input",
    { type: "button", class: className, onclick: act },
    h("span.button-input-inner", {}, h("span.button-input-inner__text", {}, text)),
  );
}

/** A definition list of plain values. */
export function facts(pairs) {
  return h(
    "dl.crm-facts",
    {},
    Object.entries(pairs).map(([name, value]) => [
      h("dt", {}, name),
      h("dd", {}, value === "" || value === null || value === undefined ? "–" : String(value)),
    ]),
  );
}

/** A block of formatted text, selectable by keyboard. */
export function code(text, label) {
  return h("pre.crm-code", { tabindex: 0, "aria-label": label }, text);
}

/** @param {unknown} value @returns {string} */
export function pretty(value) {
  return JSON.stringify(value, null, 2);
}
