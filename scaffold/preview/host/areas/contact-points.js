/** Phones, addresses and the feed's sources: where `add_action` and `add_source` of a widget appear. */

import { h } from "../ui/dom.js";

/**
 * A phone or an e-mail; a click offers what the widget added with `add_action`.
 *
 * @param {import("../stage.js").Stage} stage
 * @param {"PHONE" | "EMAIL"} code
 * @param {string} value
 */
export function phoneLink(stage, code, value) {
  const type = code === "PHONE" ? "phone" : "email";
  const menu = h("ul.tips__inner.control-phone__menu", { hidden: true });
  const toggle = () => {
    const action = stage.actions.get(type);
    const label = stage.text("widget.call_action");
    const run = () => {
      menu.hidden = true;
      stage.log.add("called", `add_action(${type})({value: ${JSON.stringify(value)}})`);
      stage.report.guard(`add_action(${type})`, () =>
        action({ value, entity: stage.place.entity, element_id: stage.card?.id }),
      );
    };
    menu.replaceChildren(
      h(
        "li",
        {},
        action
          ? h("button", { type: "button", onclick: run }, label === "widget.call_action" ? stage.name : label)
          : h("span", {}, "No widget has added an action"),
      ),
    );
    menu.hidden = !menu.hidden;
  };
  return h(
    "span.control-phone__view",
    {},
    h("button.control-phone__formatted.js-form-changes-skip", { type: "button", onclick: toggle }, value),
    menu,
  );
}

/** The composer's switch between chat and the sources of the widget (`add_source`). */
export function sourceSwitcher(stage, contact) {
  const list = h(".feed-compose-switcher__list", { hidden: true });
  const place = h(".feed-compose__source");
  const show = () => {
    list.hidden = !list.hidden;
    const entries = [...stage.sources].map(([type, source]) =>
      h(
        "button",
        {
          type: "button",
          onclick: () => {
            list.hidden = true;
            useSource(stage, type, source, contact, place);
          },
        },
        source.text,
      ),
    );
    list.replaceChildren(...(entries.length ? entries : [h("span", {}, "No widget has added a source")]));
  };
  return h(
    ".feed-compose-switcher",
    {},
    h("button.feed-compose-switcher__text", { type: "button", onclick: show }, "Chat"),
    list,
    place,
  );
}

/** A source `sms` gets the message and returns a promise; any other draws into an element. */
function useSource(stage, type, source, contact, place) {
  const { report, log } = stage;
  if (type !== "sms") {
    place.replaceChildren();
    log.add("called", `add_source(${type})($el)`);
    report.guard(`add_source(${type})`, () => source.callback(stage.$(place)));
    return;
  }
  const message = {
    phone: contact?.phones[0] || "",
    message: "Hello from the preview",
    contact_id: contact?.id || 0,
  };
  log.add("called", `add_source(sms)(${log.show(message)})`);
  const answer = report.guard("add_source(sms)", () => source.callback(message));
  if (typeof answer?.then !== "function") {
    report.warn("returned", "add_source(sms) must return a promise");
    return;
  }
  Promise.resolve(answer).then(
    (value) => log.add("returned", `add_source(sms) → ${log.show(value)}`),
    (error) => stage.report.failedLater("add_source(sms)", error),
  );
}
