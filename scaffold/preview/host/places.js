/**
 * The page of each area in the CRM: the codes that a widget reads there, and its address.
 *
 * @typedef {{area: string, page: string, entity: string, currentEntity: string, url: string, title: string}} Place
 */

/**
 * @param {Record<string, object>} places `places` of state.json
 * @param {string} area
 * @param {{code: string, id?: number | string}} values fill the placeholders
 * @returns {Place}
 */
export function placeOf(places, area, { code, id = "" }) {
  const { page, base_entity: entity, current_entity: currentEntity, path, name } = places[area] || places.everywhere;
  const fillIn = (text) => text.replace("{code}", code).replace("{id}", String(id));
  return { area, page: fillIn(page), entity, currentEntity, url: fillIn(path), title: name };
}

/** The left menu of the CRM: title, area that it opens, icon. */
export const MENU = [
  ["Dashboard", "everywhere", "dashboard"],
  ["Leads", "llist", "leads"],
  ["Contacts", "clist", "contacts"],
  ["Tasks", "tlist", "tasks"],
  ["Lists", "catalogs", "catalogs"],
  ["Settings", "settings", "settings"],
];
