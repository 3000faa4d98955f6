/** Pages that the widget adds to the left menu. */

import { drawPage } from "../crm.js";
import { quiet } from "../quiet.js";
import { h } from "../ui/dom.js";
import { tryButtons } from "../user.js";
import { workArea } from "./work-area.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  const items = menuItems(stage);
  const page = { items, choose: (item) => choose(stage, items, item) };
  await page.choose(items[0] || { title: stage.name, params: { location: "widget_page" } });
  return page;
}

/** Open the other items of the menu, then the first again. */
export async function drive(stage, page) {
  await tryButtons(stage);
  for (const item of [...page.items.slice(1), ...page.items.slice(1, 2).map(() => page.items[0])]) {
    await stage.leave();
    await page.choose(item);
    await quiet(stage, 60);
  }
}

/** The items of `left_menu`: an item, its sub-items, and sub-items of the CRM's own stats and settings. */
function menuItems(stage) {
  return Object.entries(stage.manifest.left_menu || {}).flatMap(([code, item]) => {
    if (!item || item.is_hidden) return [];
    const isSystem = code === "stats" || code === "settings";
    const title = isSystem ? code : stage.text(item.title);
    const params = isSystem ? { location: code } : { location: "widget_page", item_code: code };
    const own = isSystem ? [] : [{ title, params, icon: iconOf(stage, item) }];
    return own.concat(
      Object.entries(item.submenu || {}).map(([subitem, sub]) => ({
        title: stage.text(sub?.title),
        parent: title,
        params: { ...params, subitem_code: subitem },
      })),
    );
  });
}

function iconOf(stage, { icons, icon }) {
  const path = icons ? icons[stage.answers.scheme] || icons.light : icon;
  return path ? `${stage.widget.path}/${String(path).replace(/^\//, "")}` : "";
}

async function choose(stage, items, chosen) {
  stage.enter("widget_page");
  stage.panel.remove();
  const { holder, ready } = workArea(stage);
  const menu = items.map((item) =>
    h(
      "button.nav__menu__item",
      {
        type: "button",
        class: item.parent ? "nav__menu__item_sub" : "",
        "aria-current": item === chosen ? "page" : false,
        onclick: async () => {
          await stage.leave();
          await choose(stage, items, item);
        },
      },
      item.icon && h("img.nav__menu__item__icon", { src: item.icon, alt: "" }),
      h("span.nav__menu__item__title", {}, item.title),
    ),
  );
  drawPage(stage, { title: chosen.title, crumbs: chosen.parent || "", menu }, holder);
  await stage.startWidget();
  await ready;
  await stage.call("initMenuPage", [chosen.params]);
}
