'use strict';
// The pages of the CRM that a widget sees, by area: the places it may draw in and the data it may read.

const { Element } = require('./dom');

const CARD_ID = 1001;
const PIPELINE_ID = 601;
const ROWS = [
  { id: 1001, type: 'lead', emails: ['one@acme.example'], phones: ['+15550100', '+15550101'] },
  { id: 1002, type: 'lead', emails: [], phones: [] },
];

/** How full the account is; each area is visited in each mood. */
const MOODS = {
  usual: { card: CARD_ID, rows: ROWS, pipeline: PIPELINE_ID, managers: true, api: { pipeline_id: PIPELINE_ID } },
  bare: { card: 0, rows: [], pipeline: null, managers: false, api: { pipeline_id: null } },
  offline: { card: CARD_ID, rows: ROWS, pipeline: null, managers: true, api: null },
};

const element = (tag, attributes, ...children) => new Element(tag, attributes, children);
const divided = (attributes, ...children) => element('div', attributes, ...children);

/** The inputs that the CRM draws for the fields of a manifest's block. */
function inputs(code, fields) {
  return Object.entries(fields || {}).map(([name, { type }]) =>
    type === 'custom'
      ? divided({}, divided({ id: code + '_custom_content' }), element('input', { name, id: code + '_custom' }))
      : divided({}, element('input', { name })));
}

/** Empties the page's body and puts up what the areas have, for the widget `code`. */
function furnish(root, code, manifest) {
  const body = root.elements.find((child) => child.tag === 'body');
  body.empty();
  body.append(
    divided({ class: `card-widgets__widget-${code}` }, divided({ class: 'card-widgets__widget__body' })),
    divided({ class: 'card-tabs' }, divided({ id: code })),
    divided({ id: 'list_page_holder' }, divided({ id: `work-area-${code}` })),
    divided({ class: 'modal widget-settings__modal' }, divided({ class: 'modal-body' }, ...inputs(code, manifest.settings))),
    divided({ class: 'digital-pipeline__edit-forms' },
      element('form', { 'data-action': 'send_widget_hook' }, ...inputs(code, manifest.dp?.settings)),
      divided({}, divided({ class: `digital-pipeline__short-task_widget-style_${code}` }))),
    ...Object.entries(manifest.salesbot_designer || {}).map(([handler, { settings }]) =>
      divided({ class: `salesbot-block salesbot-block_${handler}` },
        ...Object.keys(settings).map((name) => divided({ 'data-field-name': name }, element('input', { name: 'value' }))))),
  );
  return body;
}

/** The arguments of each documented callback that takes some: a list of calls, each a list of arguments. */
function calls({ $, manifest, mood }) {
  const fields = Object.fromEntries(Object.keys(manifest.settings || {}).map((key) => [key, ' typed ']));
  const handlers = Object.entries(manifest.salesbot_designer || {});
  const link = { from: 'lead', from_id: CARD_ID, to_id: 1, to_widget_id: 'given_code', quantity: 3 };
  const items = Object.values(manifest.left_menu || {}).flatMap((item) => Object.keys(item.submenu || {}));
  return {
    settings: [[$('.modal-body'), mood === 'usual' ? { source_id: 5, external_id: 'a' } : {}], [$('.modal-body'), {}]],
    onSave: [[{ active: 'Y', fields }], [{ active: 'N', fields: {} }]],
    dpSettings: [[], []],
    onAddAsSource: [[PIPELINE_ID]],
    salesbotDesignerSettings: handlers.map(([code]) =>
      [$(`.salesbot-block_${code}`), (caption) => `<p>${caption}</p>`, {}]),
    onSalesbotDesignerSave: handlers.map(([code, handler]) => [
      code,
      Object.fromEntries(Object.keys(handler.settings).map((key) => [key, `"${key}" typed`])),
    ]),
    loadElements: [[{ id: 2, type: 'leads' }, CARD_ID], [{ id: 1, type: 'contacts' }, CARD_ID]],
    linkCard: [[{ link: [link], unlink: [] }], [{ link: [], unlink: mood === 'usual' ? [] : [link] }]],
    searchDataInCard: [['', 2, CARD_ID], ['nothing is called so', 2, CARD_ID]],
    loadCatalogElement: [[{ id: 6001, name: { text: 'Element 6001' }, cf: {} }]],
    initMenuPage: [[{ location: 'widget_page' }], ...items.map((subitem_code) => [
      { location: 'widget_page', item_code: Object.keys(manifest.left_menu)[0], subitem_code },
    ])],
  };
}

module.exports = { MOODS, calls, furnish };
