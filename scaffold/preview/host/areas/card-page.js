/** Markup and model of a card: the ids, classes and attribute names that widgets read. */

import { ENTITIES } from "../demo.js";
import { h } from "../ui/dom.js";
import { mainUser } from "./card-model.js";
import { phoneLink } from "./contact-points.js";
import { feed } from "./feed.js";
import { stageBar } from "./stages.js";

/**
 * @param {import("../stage.js").Stage} stage
 * @param {string} entity
 * @param {object} item v4 entity; id 0 is a new card
 * @param {Node | null} tab content of a Card SDK tab
 */
export function cardColumns(stage, entity, item, tab) {
  const { singular } = ENTITIES[entity];
  const form = h(
    "form#edit_card.card-entity-form",
    { action: "#", onsubmit: (event) => event.preventDefault() },
    h("#card_fields.card-fields", {}, topFields(stage, singular, item), customFields(stage, entity, item)),
  );
  const left = h(".card-holder__fields", {}, form, linkedContacts(stage, entity, item));
  const holder = h(
    "#card_holder.card-holder",
    { "data-id": item.id },
    left,
    tab || feed(stage, entity, item),
  );
  return { form, holder };
}

function topFields(stage, singular, item) {
  const rows = [
    field(`${singular}[NAME]`, "Name", item.name, "card-top-name js-control-name"),
    item.id && h("p.card-number", {}, `#${item.id}`),
    stageBar(stage, item),
    responsible(stage, item),
  ];
  if (item.price !== undefined) rows.push(field(`${singular}[PRICE]`, "Sale", item.price));
  return rows.concat([
    h("input", { type: "hidden", name: "ID", value: String(item.id) }),
    h("input", { type: "hidden", name: `${singular}[STATUS]`, value: String(item.status_id ?? "") }),
    h("input", { type: "hidden", name: `${singular}[PIPELINE_ID]`, value: String(item.pipeline_id ?? "") }),
    h("input", { type: "hidden", name: `${singular}[MAIN_USER]`, value: String(mainUser(stage, item)) }),
  ]);
}

function responsible(stage, item) {
  const user = stage.demo.data.users.find(({ id }) => id === mainUser(stage, item));
  return h(
    ".linked-form__field",
    {},
    h(".linked-form__field__label", {}, "Responsible"),
    h(".linked-form__field__value", {}, user?.name || ""),
  );
}

function field(name, label, value, className = "") {
  return h(
    ".linked-form__field",
    { class: className },
    h("label.linked-form__field__label", {}, h("span", { title: label }, label)),
    h(
      ".linked-form__field__value",
      {},
      h("input.linked-form__cf.text-input", {
        type: "text",
        name,
        value: String(value ?? ""),
        placeholder: "…",
        "aria-label": label,
        autocomplete: "off",
      }),
    ),
  );
}

function customFields(stage, entity, item) {
  return stage.demo.fields(entity).map((custom) => {
    const [value] = item.id ? stage.demo.values(item, custom.id) : [];
    const row = field(`CFV[${custom.id}]`, custom.name, dateText(stage, custom, value));
    row.dataset.id = custom.id;
    if (custom.code === "PHONE" || custom.code === "EMAIL") addContactPoint(stage, row, custom.code, value);
    return row;
  });
}

/** Phones and addresses: a button beside the input, which offers the widgets' actions. */
function addContactPoint(stage, row, code, value) {
  row.dataset.peiCode = code.toLowerCase();
  const holder = row.querySelector(".linked-form__field__value");
  holder.classList.add(code === "PHONE" ? "phone_wrapper" : "email_wrapper");
  const control = h(".control-phone", {}, holder.firstElementChild, value && phoneLink(stage, code, value));
  control.classList.toggle("control-phone_filled", Boolean(value));
  holder.append(control);
}

/** Dates are shown in the account's format; the REST API has seconds. */
function dateText(stage, custom, value) {
  if (!/^(date|birthday|date_time)$/.test(custom.type) || !/^\d+$/.test(value || "")) return value;
  const [year, month, day] = new Date(Number(value) * 1000).toISOString().slice(0, 10).split("-");
  return `${day}.${month}.${year}`;
}

/** The contacts of a card; a new card has the empty form of one. */
function linkedContacts(stage, entity, item) {
  if (entity === "contacts") return h("#contacts_list.linked-forms");
  const linked = item.id ? stage.demo.cardContacts({ entity, item }) : [];
  const contacts = stage.demo
    .list("contacts")
    .filter(({ id }) => linked.some((contact) => contact.id === id));
  return h(
    "#contacts_list.linked-forms",
    {},
    (contacts.length ? contacts : [{ id: 0, name: "" }]).map((contact) =>
      h(
        "form.linked-form",
        {
          "data-id": contact.id,
          onsubmit: (event) => event.preventDefault(),
        },
        h(".linked-form__header.js-linked-name-view.control-fullname", {}, contact.name || "New contact"),
        h("input", { type: "hidden", name: "contact[NAME]", value: contact.name }),
        customFields(stage, "contacts", contact),
      ),
    ),
  );
}
