/**
 * The kinds of area, one module each: `open(stage, area, options)` draws the page, runs the widget there and
 * returns the page; `drive(stage, page)` does what a user would do; `visits` has the options of each opening in a
 * run; `pose(stage, page)` replaces `drive` for a screenshot.
 *
 * The server chooses the module of an area (`places` of state.json): one with the area's name, or the one that all
 * cards or all lists share.
 */

/**
 * @param {object} state
 * @param {string} code
 * @returns {Promise<{open: Function, drive?: Function, visits?: object[], pose?: Function}>}
 */
export function kindOf(state, code) {
  return import(`./${state.places[code]?.module || "unpublished"}.js`);
}
