/** `APP.notifications`: toasts in the corner of the stage. */

import { h } from "./ui/dom.js";

const VISIBLE_MS = 8000;
const ourTimeout = window.setTimeout.bind(window);

/**
 * @param {import("./log.js").Log} log
 * @param {import("./report.js").Report} report
 * @returns {object} the documented functions
 */
export function createNotifications(log, report) {
  const show = (name, tone) => (params) => {
    log.add("asked", `APP.notifications.${name}(${log.show(params)})`);
    toast(tone, textOf(params ?? {}));
    const said = `the widget shows an error: ${messageIn(params ?? {})}`;
    if (tone === "error" && report.follows)
      report.note("follows", `${said} (follows from ${report.follows}: not sent)`);
    else if (tone === "error") report.warn("error-message", said);
  };
  return {
    show_message: show("show_message", "info"),
    show_message_error: show("show_message_error", "error"),
    show_notification: (params) =>
      show("show_notification", params?.type === "error" ? "error" : "call")(params),
    add_call: show("add_call", "call"),
    add_error: (params, callbacks) => {
      show("add_error", "error")(params);
      queueMicrotask(() => {
        if (typeof callbacks?.done === "function") callbacks.done();
        if (typeof callbacks?.always === "function") callbacks.always();
      });
    },
  };
}

/** `show_notification` nests header and text; every other function has them at the top level. */
function textOf(params) {
  const { header, text } = params.text && typeof params.text === "object" ? params.text : params;
  return { header: header || "", text: text ?? "", from: params.from || "" };
}

function messageIn(params) {
  const { header, text } = textOf(params);
  return [header, text].filter(Boolean).join(": ").slice(0, 200);
}

function toast(tone, { header, text, from }) {
  let stack = document.querySelector(".host-toasts");
  if (!stack) {
    stack = h(".host-toasts", { role: "status", "aria-live": "polite" });
    document.body.append(stack);
  }
  const close = h("button.host-toast__close", { type: "button", "aria-label": "Close" }, "×");
  const item = h(
    ".host-toast",
    { class: `host-toast_${tone}` },
    header && h("strong", {}, String(header)),
    from && h("span", {}, String(from)),
    h("span", {}, String(text)),
    close,
  );
  close.addEventListener("click", () => item.remove());
  stack.append(item);
  ourTimeout(() => item.remove(), VISIBLE_MS);
}
