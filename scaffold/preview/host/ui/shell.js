/** The frame of the preview's own page. */

import { buildAnswers } from "./answers.js";
import { buildAreas } from "./areas.js";
import { buildColumnBorder } from "./column.js";
import { fill, h } from "./dom.js";
import { buildDrawer } from "./drawer.js";
import { buildGone } from "./gone.js";
import { buildFindings } from "./findings.js";
import { showAlert, showHeading, showProblems } from "./heading.js";
import { icon } from "./icons.js";
import { buildLog } from "./log.js";
import { buildNotInstalled } from "./not-installed.js";
import { useEditor } from "./place-link.js";
import { buildServer } from "./server.js";

const TABS = [
  ["page", "Page"],
  ["log", "Log"],
  ["answers", "User & settings"],
  ["server", "Server"],
  ["findings", "Findings"],
];

/**
 * @param {object} preview the page's controller: `show`, `reload`, `setTheme`, `setLocale`, `answers`, `state`
 * @returns {object} the parts that change
 */
export function buildShell(preview) {
  const areas = buildAreas((code) => preview.show(code));
  const log = buildLog();
  const answers = buildAnswers(preview);
  const server = buildServer(preview);
  const findings = buildFindings();
  const holder = h(".stage-holder");
  const alert = h(".stage-alert", { role: "alert", hidden: true });
  const gone = buildGone();
  const notInstalled = buildNotInstalled(() => preview.install());
  const heading = h(".stage-heading");
  const tabs = buildTabs({ log: log.count, findings: findings.count });
  const drawer = buildDrawer(areas.element);
  const top = buildTop(preview, { areas, drawer, holder });
  document.body.replaceChildren(
    h("a.skip", { href: "#stage-holder", onclick: skip }, "Skip to the page"),
    h(".head", {}, top.element, gone.element, notInstalled.element),
    h(
      ".layout",
      {},
      areas.element,
      h("main.stage-column#stage-holder", { tabindex: -1, "data-panel": "page" }, heading, alert, holder),
      h(
        "aside.inspector",
        { "aria-label": "Inspector" },
        tabs.element,
        h("section.inspector__panel", { "data-panel": "log", "aria-label": "Log" }, log.element),
        h("section.inspector__panel", { "data-panel": "answers", "aria-label": "User & settings" }, answers.element),
        h("section.inspector__panel", { "data-panel": "server", "aria-label": "Server" }, server.element),
        h(
          "section.inspector__panel",
          { "data-panel": "findings", "aria-label": "Findings", tabindex: 0 },
          findings.element,
        ),
      ),
    ),
    drawer.element,
  );
  const inspector = document.querySelector(".inspector");
  inspector.before(buildColumnBorder(inspector));
  tabs.choose("log");
  if (matchMedia("(max-width: 860px)").matches) tabs.choose("page");
  return {
    holder,
    log,
    answers,
    server,
    showState(state) {
      top.showWidget(state.widget);
      areas.fill(state.areas, state.to_add);
      log.explain(state.callbacks);
      useEditor(state.editor);
      findings.fill(state.findings || [], state.rules || {});
      answers.refresh();
      showProblems(holder, state.widget);
    },
    showArea(area, code) {
      areas.mark(code);
      document.title = [area?.title || code, top.name, "preview"].filter(Boolean).join(" – ");
      showHeading(heading, area, code);
    },
    showScheme: top.showScheme,
    gone,
    showStatus: notInstalled.show,
    showError: (error) => showAlert(alert, error),
  };
}

/** The address's fragment is the area, which the skip link must not replace. */
function skip(event) {
  event.preventDefault();
  document.getElementById("stage-holder").focus();
}

/** On a narrow screen each tab replaces the page; on a wide one the page stays visible. */
function buildTabs(counts) {
  const buttons = TABS.map(([name, title]) =>
    h(
      "button.tabs__item",
      {
        type: "button",
        "data-tab": name,
        onclick: () => choose(name),
      },
      icon(name),
      h("span", {}, title),
      counts[name],
    ),
  );
  const choose = (name) => {
    document.body.dataset.tab = name;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.tab === name)));
  };
  return { element: h("nav.tabs", { "aria-label": "Inspector" }, buttons), choose };
}

function buildTop(preview, { areas, drawer, holder }) {
  const title = h(".top__title");
  const scheme = h("button.icon-button", {
    type: "button",
    onclick: () => preview.setTheme(preview.answers.scheme === "dark" ? "light" : "dark"),
  });
  const width = h(
    "button.icon-button.top__width",
    {
      type: "button",
      "aria-pressed": "false",
      "aria-label": "Show the page 390 pixels wide",
      title: "Phone width",
      onclick: () =>
        width.setAttribute("aria-pressed", String(holder.classList.toggle("stage-holder_phone"))),
    },
    icon("phone"),
  );
  const reload = h(
    "button.icon-button",
    {
      type: "button",
      "aria-label": "Reload the widget",
      title: "Reload",
      onclick: () => preview.reload(),
    },
    icon("reload"),
  );
  const top = {
    name: "",
    element: h(
      "header.top",
      {},
      drawer.button,
      h("span.top__mark", { "aria-hidden": "true" }),
      title,
      areas.select,
      h(".top__tools", {}, width, reload, scheme),
    ),
    showWidget: ({ name, code, version }) => {
      fill(title, h("h1.top__name", {}, name || code), h("span.top__version", {}, version || ""));
      top.name = name || code;
      document.title = `${top.name} – preview`;
    },
    showScheme: (current) => {
      const next = current === "dark" ? "light" : "dark";
      fill(scheme, icon(next));
      scheme.setAttribute("aria-label", `Use the ${next} colour scheme`);
      scheme.title = `${next[0].toUpperCase()}${next.slice(1)} colours`;
    },
  };
  return top;
}
