'use strict';
// The pages of the CRM by area: the places that a widget may draw in and the data that it may read.

const { Element } = require('./dom');

const CARD_ID = 1001;
const PIPELINE_ID = 601;
const TASKS = [{ id: 1, text: 'Call back' }, { id: 2, text: 'Send the offer' }];
const ROWS = [
  { id: 1001, type: 'lead', emails: ['one@acme.example'], phones: ['+15550100', '+15550101'] },
  { id: 1002, type: 'lead', emails: [], phones: [] },
];

/** States of the account; each area is visited in each of these moods. */
const MOODS = {
  usual: { card: CARD_ID, rows: ROWS, pipeline: PIPELINE_ID, managers: true, api: { pipeline_id: PIPELINE_ID }, tasks: TASKS },
  bare: { card: 0, rows: [], pipeline: null, managers: false, api: { pipeline_id: null }, tasks: [] },
  quiet: { card: CARD_ID, rows: ROWS, pipeline: PIPELINE_ID, managers: true, api: { pipeline_id: PIPELINE_ID }, tasks: [] },
  offline: { card: CARD_ID, rows: ROWS, pipeline: null, managers: true, api: null },
};

/** The answer to a page of a list; nothing if it is empty, for the status 204. */
const listed = (key, items) => (items.length ? { _page: 1, _links: {}, _embedded: { [key]: items } } : undefined);

/** The answers of the API and the back end by path, in a mood that has them. */
function answers(code, mood, suffix) {
  const { api, tasks } = mood;
  return api && {
    [`/api/v4/widgets/${code}`]: api,
    [`/api/v4/leads/pipelines/${PIPELINE_ID}`]: { id: PIPELINE_ID, name: 'Sales' + suffix },
    '/api/v4/tasks': listed('tasks', tasks.map((task) => ({ ...task, text: task.text + suffix }))),
    '/api/v4/users': listed('users', [{ id: 501, name: 'User 501' + suffix }, { id: 502, name: 'User 502' + suffix }]),
    'card.php?action=lead': { id: CARD_ID, name: 'A lead' + suffix, price: 5 },
    'card.php?action=secrets': { kept: { a_token: true, another: false } },
  };
}

const element = (tag, attributes, ...children) => new Element(tag, attributes, children);
const divided = (attributes, ...children) => element('div', attributes, ...children);

/** The inputs that the CRM draws for the fields of a manifest's block. */
function inputs(code, fields) {
  return Object.entries(fields || {}).map(([name, { type }]) =>
    type === 'custom'
      ? divided({}, divided({ id: code + '_custom_content' }), element('input', { name, id: code + '_custom' }))
      : divided({}, element('input', { name })));
}

/** The places of the areas for the widget `code`. */
function places(code, manifest) {
  return [
    divided({ class: `card-widgets__widget-${code}` }, divided({ class: 'card-widgets__widget__body' })),
    divided({ class: 'card-tabs' }, divided({ id: code })),
    divided({ class: `modal widget-settings__modal ${code}` },
      divided({ class: 'modal-body' }, ...inputs(code, manifest.settings))),
    divided({ class: 'digital-pipeline__edit-forms' },
      element('form', { 'data-action': 'send_widget_hook' }, ...inputs(code, manifest.dp?.settings)),
      divided({}, divided({ class: `digital-pipeline__short-task_widget-style_${code}` }))),
    ...Object.entries(manifest.salesbot_designer || {}).map(([handler, { settings }]) =>
      divided({ class: `salesbot-block salesbot-block_${handler} ${code}` },
        ...Object.keys(settings).map((name) => divided({ 'data-field-name': name }, element('input', { name: 'value' }))))),
  ];
}

/** Empties the page's body and adds the places of the areas, for the widgets with these codes. */
function furnish(root, manifest, ...codes) {
  const body = root.elements.find((child) => child.tag === 'body');
  body.empty();
  body.append(
    divided({ id: 'list_page_holder' }, ...codes.map((code) => divided({ id: `work-area-${code}` }))),
    ...codes.flatMap((code) => places(code, manifest)),
  );
  return body;
}

/** The arguments of each documented callback with parameters: a list of calls, each a list of arguments. */
function calls({ $, code, manifest, mood }) {
  const $settings = $(`.modal.${code} .modal-body`);
  const fields = Object.fromEntries(Object.keys(manifest.settings || {}).map((key) => [key, ' typed ']));
  const handlers = Object.entries(manifest.salesbot_designer || {});
  const link = { from: 'lead', from_id: CARD_ID, to_id: 1, to_widget_id: 'given_code', quantity: 3 };
  const items = Object.values(manifest.left_menu || {}).flatMap((item) => Object.keys(item.submenu || {}));
  return {
    settings: [[$settings, mood === 'usual' ? { source_id: 5, external_id: 'a' } : {}], [$settings, {}]],
    onSave: [[{ active: 'Y', fields }], [{ active: 'N', fields: {} }]],
    dpSettings: [[], []],
    onAddAsSource: [[PIPELINE_ID]],
    salesbotDesignerSettings: handlers.map(([handler]) =>
      [$(`.salesbot-block_${handler}.${code}`), (caption) => `<p>${caption}</p>`, {}]),
    onSalesbotDesignerSave: handlers.map(([handler, { settings }]) => [
      handler,
      Object.fromEntries(Object.keys(settings).map((key) => [key, `"${key}" typed`])),
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

module.exports = { MOODS, answers, calls, furnish };
