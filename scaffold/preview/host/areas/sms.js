/** System SMS: the widget has no callback and no page here; the platform sends a request to its server. */

import { drawPage, facts, notice, noteServerOnly } from "../crm.js";
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
  noteServerOnly(stage, "the platform posts to", "sms.endpoint", endpoint);
  const form = sendForm(stage, "Send a sample SMS", "sms", [phone, text], () => ({
    phone: phone.input.value,
    text: text.input.value,
  }));
  drawPage(
    stage,
    { title: "System SMS", crumbs: "Settings" },
    notice(
      "The CRM's server calls yours",
      "script.js is not called here: the platform posts the text, the phone number and a signed token to sms.endpoint.",
      facts({ "sms.endpoint": endpoint ? shorten(endpoint) : "" }),
    ),
    h("section.crm-card", {}, form),
  );
  return {};
}
