/** System SMS: no callback and no screen of the widget, only a request to its server. */

import { drawPage, facts, notice } from "../crm.js";
import { shorten } from "../network.js";
import { h } from "../ui/dom.js";
import { field, sendForm } from "./sample-request.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  stage.enter("sms");
  stage.panel.remove();
  const [contact] = stage.demo.list("contacts");
  const phone = field("Phone", (contact && stage.demo.values(contact, "PHONE")[0]) || "+10000000001");
  const text = field("Text", "Your code is 1234");
  const endpoint = stage.manifest.sms?.endpoint;
  const form = sendForm(stage, "Send a sample SMS", "sms", [phone, text], () => ({
    phone: phone.input.value,
    text: text.input.value,
  }));
  drawPage(
    stage,
    { title: "System SMS", crumbs: "Settings" },
    notice(
      "The CRM's server calls yours",
      "No callback of script.js takes part: the platform posts text, phone and a " +
        "signed token to sms.endpoint.",
      facts({ "sms.endpoint": endpoint ? shorten(endpoint) : "" }),
    ),
    h("section.crm-card", {}, form),
  );
  return {};
}
