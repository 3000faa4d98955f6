/**
 * The kinds of area, a module each. It has `open(stage, area, options)`, which draws the page, runs the widget
 * there and returns the page; `drive(stage, page)`, what a user would do there; `visits`, the options of each
 * opening that a run makes; and `pose(stage, page)`, where a picture wants something else than `drive`.
 *
 * Which module draws an area is the server's to say (`places` of state.json): one of the area's own name, or
 * the one that all cards, or all lists, share.
 */

/**
 * @param {object} state
 * @param {string} code
 * @returns {Promise<{open: Function, drive?: Function, visits?: object[], pose?: Function}>}
 */
export function kindOf(state, code) {
  return import(`./${state.places[code]?.module || "unpublished"}.js`);
}
