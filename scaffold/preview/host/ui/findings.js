/** The findings of `check`, each with its location, its rule and, if there is one, its fix. */

import { fill, h } from "./dom.js";
import { fixButton } from "./fix.js";
import { placeLink } from "./place-link.js";

export function buildFindings() {
  const element = h(".findings");
  const count = h("span.tabs__count", { hidden: true });
  return {
    element,
    count,
    /** @param {object[]} findings of state.json @param {Record<string, object>} rules by code */
    fill(findings, rules) {
      const errors = findings.filter(({ severity }) => severity === "error").length;
      count.hidden = findings.length === 0;
      count.textContent = String(findings.length);
      count.classList.toggle("tabs__count_calm", errors === 0);
      fill(
        element,
        findings.length
          ? h("ul", {}, findings.map((finding) => item(finding, rules[finding.code])))
          : h("p.findings__none", {}, "No findings."),
      );
    },
  };
}

function item({ code, severity, message, hint, fixable, ...place }, rule) {
  return h(
    "li.finding",
    {},
    h(
      ".finding__head",
      {},
      h("span.badge", { class: `badge_${severity}` }, severity),
      h("code", {}, code),
      h("span.finding__place", {}, placeLink(place)),
    ),
    h("p.finding__message", {}, message),
    hint && h("p.finding__hint", {}, hint),
    rule && ruleText(rule),
    fixable && fixButton(code),
  );
}

function ruleText({ headline, what, why, source }) {
  return h(
    "details.finding__rule",
    {},
    h("summary", {}, headline),
    h("p", {}, what),
    h("p", {}, why),
    source.map((url) =>
      /^https:/.test(url) ? h("p", {}, h("a", { href: url, target: "_blank", rel: "noreferrer" }, url)) : h("p", {}, url),
    ),
  );
}
