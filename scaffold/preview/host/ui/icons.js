/** Line icons of our own, for the preview's page and the CRM page. */

import { drawing } from "./dom.js";

const PATHS = {
  page: "M4 5h16v14H4z M4 9h16",
  log: "M5 7h14 M5 12h14 M5 17h9",
  answers: "M5 8h9 M18 8h1 M5 16h1 M10 16h9 M14 6v4 M6 14v4",
  server: "M4 5h16v6H4z M4 13h16v6H4z M8 8v.5 M8 16v.5",
  findings: "M12 4l9 16H3z M12 10v4 M12 17v.5",
  phone: "M8 3h8v18H8z M11 18h2",
  reload: "M19 8a8 8 0 1 0 1 6 M20 4v5h-5",
  dark: "M19 14a8 8 0 1 1-9-10 7 7 0 0 0 9 10z",
  light:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 3v2 M12 19v2 M3 12h2 M19 12h2 M5.6 5.6L7 7 M17 17l1.4 1.4 M18.4 5.6L17 7 M7 17l-1.4 1.4",
  dashboard: "M4 16a8 8 0 0 1 16 0 M12 16l4-5 M4 19h16",
  leads: "M4 5h4v14H4z M10 5h4v9h-4z M16 5h4v5h-4z",
  contacts: "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z M3 19c0-3 2-5 6-5s6 2 6 5 M16 6a3 3 0 0 1 0 5 M17 14c3 0 4 2 4 5",
  tasks: "M5 6h14v13H5z M9 3v4 M15 3v4 M9 13l2 2 4-4",
  catalogs: "M4 6h2 M9 6h11 M4 12h2 M9 12h11 M4 18h2 M9 18h11",
  settings: "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z M12 3v3 M12 18v3 M3 12h3 M18 12h3 M5.6 5.6l2.1 2.1 M16.3 16.3l2.1 2.1 M5.6 18.4l2.1-2.1 M16.3 7.7l2.1-2.1",
  board: "M4 5h4v14H4z M10 5h4v9h-4z M16 5h4v11h-4z",
  close: "M6 6l12 12 M18 6L6 18",
  list: "M4 6h16 M4 12h16 M4 18h16",
};

/** @param {keyof typeof PATHS} name @returns {SVGElement} */
export function icon(name) {
  return drawing(PATHS[name]);
}
