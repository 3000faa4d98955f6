/** The mobile app's card: a page of the widget's server, opened with a signed token; script.js is not loaded. */

import { drawPage, facts, notice, noteServerOnly } from "../crm.js";
import { h } from "../ui/dom.js";

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  stage.enter("mobile_card");
  stage.panel.remove();
  const { frame_url: url = "", color = "" } = stage.manifest.mobile || {};
  noteServerOnly(stage, "the mobile app opens", "mobile.frame_url", url);
  const screen = h(".crm-phone__screen", {}, h("p", {}, "Signing a token …"));
  const bar = h(".crm-phone__bar", {}, stage.name);
  if (/^#([0-9a-f]{3}){1,2}$/i.test(color)) Object.assign(bar.style, { backgroundColor: color, color: inkOn(color) });
  drawPage(
    stage,
    { title: "Mobile app", crumbs: "Lead card" },
    h(
      ".crm-columns",
      {},
      h(".crm-phone", {}, bar, screen),
      notice(
        "A page of your server",
        "The app opens mobile.frame_url with a signed token and the name of the system it runs on; script.js is " +
          "not called here.",
        facts({ "mobile.frame_url": url, "mobile.color": color }),
      ),
    ),
  );
  await show(stage, screen);
  return {};
}

/** Black or white, whichever is easier to read. @param {string} colour as `#rrggbb` or `#rgb` */
function inkOn(colour) {
  const parts = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit) : colour.match(/\w\w/g);
  const [red, green, blue] = parts.map((part) => parseInt(part, 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? "#000" : "#fff";
}

async function show(stage, screen) {
  try {
    const { url } = await stage.ask("mobileUrl", "entity_type=leads&entity_id=1001");
    const target = new URL(url);
    const address = url.replace(/(token=[^.&]{8})[^&]*/, "$1…");
    stage.log.add("note", `the app opens ${address}`);
    screen.replaceChildren(
      LOOPBACK.test(target.hostname)
        ? h("iframe.crm-phone__frame", { src: url, title: stage.name, sandbox: "allow-scripts allow-forms" })
        : h(
            "p",
            {},
            `Not opened: the preview opens only pages of this machine. The address would be ${address}`,
          ),
    );
  } catch (error) {
    screen.replaceChildren(h("p", {}, `No address: ${error.message}`));
  }
}
