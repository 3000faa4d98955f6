/** The behaviour of the CRM's controls, by delegation, so that markup drawn later works too. */

/**
 * @param {Function} $ jQuery of the stage
 * @param {Document} document
 */
export function animateControls($, document) {
  const $document = $(document);
  animateSelect($, $document);
  animateSuggest($, $document);
  animateCheckboxes($, $document);
  animateSwitcher($, $document);
  animateButtons($, $document);
}

function animateSelect($, $document) {
  const OPEN = "control--select--list-opened";
  const close = () => $(`.${OPEN}`).removeClass(OPEN);
  $document.on("click.host", ".control--select--button", function () {
    const $list = $(this).siblings(".control--select--list");
    const wasOpen = $list.hasClass(OPEN);
    close();
    $list.toggleClass(OPEN, !wasOpen);
  });
  $document.on("click.host", ".control--select--list--item", function () {
    const $item = $(this);
    const $select = $item.closest(".control--select");
    close();
    if (!$item.hasClass("control--select--list--item-disabled")) choose($select, $item);
  });
  $document.on("click.host", (event) => {
    if (!$(event.target).closest(".control--select").length) close();
  });
  $document.on("keydown.host", (event) => {
    if (event.key === "Escape") close();
  });
  $document.on("controls:change", ".control--select--input", function () {
    const $select = $(this).closest(".control--select");
    const value = String($(this).val());
    choose(
      $select,
      $select.find(".control--select--list--item").filter((_, item) => item.dataset.value === value),
    );
  });
}

/** Set the hidden input and the button; `change` fires only if the value is a different one. */
function choose($select, $item) {
  if (!$item.length) return;
  const value = String($item.attr("data-value"));
  const $input = $select.find(".control--select--input");
  const before = String($input.val());
  const SELECTED = "control--select--list--item-selected";
  $item.addClass(SELECTED).siblings().removeClass(SELECTED);
  const inner = $item.find(".control--select--list--item-inner").html();
  $select
    .find(".control--select--button")
    .attr("data-value", value)
    .find(".control--select--button-inner")
    .html(inner);
  $input.attr("data-prev-value", before).val(value);
  if (before !== value) $input.trigger("change").trigger("controls:change:visual");
}

function animateSuggest($, $document) {
  $document.on("focus.host input.host", ".control--suggest--input", function () {
    const query = this.value.toLowerCase();
    const $list = $(this).siblings(".control--suggest--list").addClass("control--suggest--list-opened");
    $list.children().each((_, item) => {
      item.hidden = !item.textContent.toLowerCase().includes(query);
    });
  });
  $document.on("click.host", ".control--suggest--list--item", function () {
    const $suggest = $(this).closest(".control--suggest");
    const id = $(this).attr("data-value-id");
    $suggest.find(".control--suggest--list").removeClass("control--suggest--list-opened");
    $suggest
      .find(".control--suggest--input")
      .val($(this).text().trim())
      .attr("data-value-id", id)
      .trigger("change");
    $suggest.find(".control--suggest--value").val(id).trigger("change");
  });
  $document.on("click.host", (event) => {
    if (!$(event.target).closest(".control--suggest").length) {
      $(".control--suggest--list-opened").removeClass("control--suggest--list-opened");
    }
  });
}

/**
 * Update the classes before the widget's own handlers, which read them. A change triggered by jQuery has no
 * capturing phase, so it is handled by delegation as well.
 */
function followChange($document, selector, act) {
  $document[0].addEventListener("change", ({ target }) => target.matches(selector) && act(target), true);
  $document.on("change.host", selector, function () {
    act(this);
  });
}

function animateCheckboxes($, $document) {
  followChange($document, ".control-checkbox input", (box) => {
    $(box).closest(".control-checkbox").toggleClass("is-checked", box.checked);
  });
  $document.on("click.host", ".checkboxes_dropdown__title_wrapper", function () {
    const $dropdown = $(this).closest(".checkboxes_dropdown");
    if (!$dropdown.data("disabled")) $dropdown.toggleClass("expanded");
  });
  $document.on("click.host", (event) => {
    const $inside = $(event.target).closest(".checkboxes_dropdown");
    $(".checkboxes_dropdown.expanded").not($inside).removeClass("expanded");
  });
  $document.on("change.host", ".js-master-checkbox", function () {
    const $items = $(this).closest(".checkboxes_dropdown").find(".js-item-checkbox");
    $items.prop("checked", this.checked).trigger("change");
  });
  followChange($document, ".js-item-checkbox", (box) =>
    countDropdown($(box).closest(".checkboxes_dropdown")),
  );
}

function countDropdown($dropdown) {
  const $checked = $dropdown.find(".js-item-checkbox:checked");
  const names = $checked.closest(".checkboxes_dropdown__item").find(".control-checkbox__text");
  const numeral = $dropdown.attr("data-title-numeral");
  let title = $dropdown.attr("data-title-empty") || "";
  if ($checked.length === 1) title = names.first().text();
  if ($checked.length > 1)
    title = `${$checked.length} ${String(numeral || "")
      .split(",")
      .pop()}`.trim();
  $dropdown.find(".checkboxes_dropdown__title").text(title);
}

function animateSwitcher($, $document) {
  followChange($document, ".switcher_wrapper input", (box) => {
    $(box)
      .siblings(".switcher")
      .toggleClass("switcher__on", box.checked)
      .toggleClass("switcher__off", !box.checked);
  });
}

/** Events that widgets trigger on buttons. */
function animateButtons($, $document) {
  const button = ".button-input";
  $document.on("button:load:start", button, function () {
    $(this).addClass("button-input-loading");
  });
  $document.on("button:load:stop", button, function () {
    $(this).removeClass("button-input-loading");
  });
  $document.on("button:save:enable", button, function () {
    $(this).removeClass("button-input-disabled button-input-loading").addClass("button-input_blue");
  });
  $document.on("button:save:disable", button, function () {
    $(this).addClass("button-input-disabled").removeClass("button-input_blue");
  });
  $document.on("button:save:error", button, function () {
    $(this).removeClass("button-input-loading").addClass("button-input_error");
    setTimeout(() => $(this).removeClass("button-input_error"), 1500);
  });
  $document.on("button:save:start", button, function () {
    $(this).addClass("button-input-loading");
  });
}
