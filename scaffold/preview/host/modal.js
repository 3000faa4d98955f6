/** The module `lib/components/base/modal`: `new Modal(options)`, with the documented options only. */

const ENTER = 13;
const ESCAPE = 27;

/**
 * @param {Function} $ jQuery of the stage
 * @returns {Function} the constructor that `define` hands to widgets
 */
export function createModalClass($) {
  const open = [];

  class Modal {
    /**
     * @param {object} [options] class_name, init($body), destroy(), container, can_centrify, default_overlay,
     *   disable_overlay_click, disable_escape_keydown, disable_enter_keydown, disable_cancel_click, focus_element
     */
    constructor(options = {}) {
      this.options = { can_centrify: true, default_overlay: false, ...options };
      this.draw();
      this.bind();
      open.push(this);
      if (this.options.init) this.options.init.call(this, this.$modal_body);
      if (this.options.focus_element) this.$modal.find(this.options.focus_element).trigger("focus");
    }

    draw() {
      const tint = this.options.default_overlay ? "" : "modal-overlay_white";
      this.$modal = $("<div>")
        .addClass(`modal modal-list ${this.options.class_name || ""}`)
        .append(
          $("<div>")
            .addClass(`default-overlay modal-overlay ${tint}`)
            .append('<span class="modal-overlay__spinner spinner-icon"></span>'),
        )
        .append(
          $('<div class="modal-scroller custom-scroll">').append(
            '<div class="modal-body modal-body-relative modal-body-loading" role="dialog" aria-modal="true">',
          ),
        );
      this.$el = this.$modal;
      this.$modal_body = this.$modal.find(".modal-body");
      this.$modal_body.append('<div class="modal-body__inner">');
      this.$modal.appendTo(this.options.container || document.body);
      $(document.body).addClass("page-overlay");
    }

    bind() {
      const { options, $modal } = this;
      $modal.on("modal:loaded", () => this.loaded());
      $modal.on("modal:centrify", () => this.centrify());
      $modal.on("click", ".modal-body__close", () => this.destroy());
      $modal.on("click", ".button-cancel", () => {
        if (!options.disable_cancel_click) this.destroy();
      });
      $modal.on("click", ".modal-scroller, .modal-overlay", (event) => {
        if (event.target === event.currentTarget && !options.disable_overlay_click) this.destroy();
      });
      this.onKey = (event) => this.key(event);
      $(document).on("keydown", this.onKey);
    }

    key(event) {
      if (open[open.length - 1] !== this) return;
      if (event.which === ESCAPE && !this.options.disable_escape_keydown) this.destroy();
      if (event.which === ENTER && !this.options.disable_enter_keydown) {
        this.$modal.find(".js-modal-accept").trigger("click");
      }
    }

    loaded() {
      this.$modal_body.removeClass("modal-body-loading");
      this.$modal.addClass("modal-loaded");
      this.$modal.find(".modal-overlay__spinner").remove();
    }

    centrify() {
      if (this.options.can_centrify) this.$modal.addClass("modal-centrified");
      return this;
    }

    /** Close, unless the `destroy` option returns false. */
    destroy() {
      const { destroy } = this.options;
      if (this.destroyed || (destroy && destroy.call(this) === false)) return;
      this.remove();
    }

    /** Close unconditionally, when the host leaves the area. */
    remove() {
      this.destroyed = true;
      $(document).off("keydown", this.onKey);
      this.$modal.remove();
      open.splice(open.indexOf(this), 1);
      if (!open.length) $(document.body).removeClass("page-overlay");
    }

    /** @param {string} text @param {Function | false} [retry] */
    showError(text, retry) {
      this.message("modal-body__error", text);
      if (retry) this.offerRetry(retry);
    }

    /** @param {string} text @param {Function | false} [done] @param {number} [timeout] ms until it closes */
    showSuccess(text, done, timeout) {
      this.message("modal-body__success", text);
      if (timeout) setTimeout(() => this.destroy(), timeout);
      if (typeof done === "function") setTimeout(done, timeout || 0);
    }

    message(className, text) {
      const $text = $("<p>")
        .addClass(`modal-body__message ${className}`)
        .text(text || "Something went wrong");
      this.$modal_body.append($text);
      this.$modal_body.children(".modal-body__inner").remove();
      this.loaded();
      this.centrify();
    }

    offerRetry(retry) {
      const $again = $('<button type="button" class="button-input">').text("Try again");
      $again.on("click", () => retry.call(this)).appendTo(this.$modal_body);
    }
  }

  Modal.prototype._showError = Modal.prototype.showError;
  Modal.prototype._showSuccess = Modal.prototype.showSuccess;
  Modal.closeAll = () => [...open].forEach((modal) => modal.remove());
  return Modal;
}
