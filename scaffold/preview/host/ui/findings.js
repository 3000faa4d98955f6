/** What `check` says of the widget. */

import { fill, h } from "./dom.js";

export function buildFindings() {
  const element = h(".findings");
  const count = h("span.tabs__count", { hidden: true });
  return {
    element,
    count,
    fill(findings) {
      const errors = findings.filter(({ severity }) => severity === "error").length;
      count.hidden = findings.length === 0;
      count.textContent = String(findings.length);
      count.classList.toggle("tabs__count_calm", errors === 0);
      fill(
        element,
        findings.length
          ? h("ul", {}, findings.map(item))
          : h("p.findings__none", {}, "check finds nothing to say."),
      );
    },
  };
}

function item({ code, severity, path, pointer, line, column, message, hint }) {
  const place =
    [path, line, column].filter((part) => part || part === 0).join(":") + (pointer ? `#${pointer}` : "");
  return h(
    "li.finding",
    {},
    h(
      ".finding__head",
      {},
      h("span.badge", { class: `badge_${severity}` }, severity),
      h("code", {}, code),
      h("code.finding__place", {}, place),
    ),
    h("p.finding__message", {}, message),
    hint && h("p.finding__hint", {}, hint),
  );
}
