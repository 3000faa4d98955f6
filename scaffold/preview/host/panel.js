/** The right-hand panel and `render_template`. */

import { h } from "./ui/dom.js";

export class Panel {
  /** @param {import("./stage.js").Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.slot = null;
    this.element = null;
  }

  /**
   * Draw the empty panel of a page.
   *
   * @param {{visible: boolean}} options a list's panel is hidden until its widget is chosen
   * @returns {HTMLElement[]} the panel and its overlay
   */
  create({ visible }) {
    this.slot = h(".card-widgets__elements.js-widgets-elements");
    this.element = h(
      "#widgets_block.card-widgets",
      { "aria-label": "Widgets" },
      h(".card-widgets__top", {}, h("span.card-widgets__top__title.js-card-widgets-on-off", {}, "Widgets")),
      h("#nano-card-widgets.nano", {}, this.slot),
    );
    this.veil = h("#card_widgets_overlay.default-overlay", { hidden: true });
    this.element.hidden = !visible;
    this.element.classList.toggle("js-widgets-active", visible);
    this.veil.addEventListener("click", () => this.overlay(false));
    return [this.element, this.veil];
  }

  /** Remove the panel, on a page that has none or for the suffix `-0`. */
  remove() {
    this.slot = null;
    this.element = null;
    this.veil = null;
  }

  /** Remove the widget's block when its area is left. */
  clear() {
    this.slot?.replaceChildren();
  }

  /** `self.widgetsOverlay`: shows and hides a list's panel. */
  overlay(visible) {
    if (!this.element) return;
    this.element.hidden = !visible;
    this.veil.hidden = !visible;
    this.element.classList.toggle("js-widgets-active", visible);
  }

  /**
   * `self.render_template`: the widget's block with the header that the CRM draws.
   *
   * @param {{caption?: {class_name?: string, html?: string}, body?: string, render?: string}} options
   * @param {object} data for the template in `render`
   */
  render({ caption = {}, body = "", render = "" }, data) {
    const { stage } = this;
    const html = String(body ?? "") + (render ? stage.templates.render({ data: String(render) }, data) : "");
    stage.log.add("asked", `self.render_template: ${html.length} characters of markup`);
    if (!this.slot) {
      stage.report.warn("no-panel", "render_template shows nothing here: this page gives the widget no panel");
      return;
    }
    const content = h(".card-widgets__widget__body.js-body-hide");
    const block = h(
      `.card-widgets__widget`,
      { class: `card-widgets__widget-${stage.widget.code}` },
      this.caption(caption || {}, content),
      content,
    );
    this.slot.querySelector(".card-widgets__widget")?.remove();
    this.slot.append(block);
    stage.$(content).html(html);
  }

  caption({ class_name: className = "", html = "" }, content) {
    const { stage } = this;
    const header = h(
      ".card-widgets__widget__caption.js-widget-caption-block",
      {
        class: className,
        role: "button",
        tabindex: 0,
        "aria-expanded": "true",
      },
      this.logo("logo", "logo_medium"),
      this.logo("logo_min", "logo_min"),
    );
    const custom = h("span.card-widgets__widget__caption__text");
    stage.$(custom).html(html || "");
    header.append(custom, h("span.card-widgets__widget__caption__arrow", { "aria-hidden": "true" }));
    const toggle = () => {
      const isOpen = content.classList.toggle("js-body-hide");
      header.setAttribute("aria-expanded", String(isOpen));
    };
    header.addEventListener("click", toggle);
    header.addEventListener("keydown", (event) => {
      if (event.target === header && ["Enter", " "].includes(event.key)) toggle();
    });
    return header;
  }

  /** Show the widget's name in place of a missing logo. */
  logo(part, image) {
    const { widget, name } = this.stage;
    const holder = h("span", { class: `card-widgets__widget__caption__${part}` });
    const picture = h("img", { src: `${widget.path}/images/${image}.png`, alt: name });
    picture.addEventListener("error", () => holder.replaceChildren(name));
    holder.append(picture);
    return holder;
  }
}
