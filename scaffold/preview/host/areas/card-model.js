/** The model of a card: the attribute names that widgets read. */

import { ENTITIES } from "../demo.js";

/** @returns {number} the entity's responsible user; of a new card the current user */
export function mainUser(stage, item) {
  return item.responsible_user_id || stage.demo.user.id;
}

/**
 * @param {import("../stage.js").Stage} stage
 * @param {string} entity
 * @param {object} item v4 entity; id 0 is a new card
 * @param {{form: HTMLElement, holder: HTMLElement}} columns
 * @returns {object} `APP.data.current_card`
 */
export function cardModel(stage, entity, item, { form, holder }) {
  const { type, singular } = ENTITIES[entity];
  const { Model, Collection } = stage.Backbone;
  const values = stage.demo
    .fields(entity)
    .map((custom) => [`CFV[${custom.id}]`, stage.demo.values(item, custom.id)[0] ?? ""]);
  const attributes = {
    ID: item.id,
    ELEMENT_TYPE: type,
    [`${singular}[NAME]`]: item.name,
    [`${singular}[PRICE]`]: item.price ?? "",
    [`${singular}[STATUS]`]: item.status_id ?? "",
    [`${singular}[PIPELINE_ID]`]: item.pipeline_id ?? "",
    [`${singular}[MAIN_USER]`]: mainUser(stage, item),
    ...Object.fromEntries(values),
  };
  const contacts = stage.demo.cardContacts(item.id ? { entity, item } : null);
  const linked = contacts.map((contact) => ({
    ID: contact.id,
    ELEMENT_TYPE: 1,
    "contact[NAME]": contact.name,
  }));
  const $el = stage.$(holder);
  return {
    id: item.id,
    element_type: type,
    main_user: mainUser(stage, item),
    user_rights: {},
    new_card: !item.id,
    model: new Model(attributes),
    $el,
    form: { $el: stage.$(form) },
    tabs: { _selected_tab: "" },
    linked_forms: { form_models: new Collection(linked), form_views: [] },
    getPipelineId: () => item.pipeline_id,
    save: () => stage.log.add("asked", "APP.data.current_card.save()"),
  };
}
