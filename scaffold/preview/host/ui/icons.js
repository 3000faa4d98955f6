/** Small line icons, drawn here. */

const PATHS = {
  page: "M4 5h16v14H4z M4 9h16",
  log: "M5 7h14 M5 12h14 M5 17h9",
  answers: "M5 8h9 M18 8h1 M5 16h1 M10 16h9 M14 6v4 M6 14v4",
  findings: "M12 4l9 16H3z M12 10v4 M12 17v.5",
  phone: "M8 3h8v18H8z M11 18h2",
  reload: "M19 8a8 8 0 1 0 1 6 M20 4v5h-5",
  dark: "M19 14a8 8 0 1 1-9-10 7 7 0 0 0 9 10z",
  light:
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M12 3v2 M12 19v2 M3 12h2 M19 12h2 M5.6 5.6L7 7 M17 17l1.4 1.4 M18.4 5.6L17 7 M7 17l-1.4 1.4",
};

/** @param {keyof typeof PATHS} name @returns {SVGElement} */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
