'use strict';
// The methods that the CRM mixes into a widget, as documented: each has its effect on the page or in the log.

const fs = require('node:fs');
const path = require('node:path');
const { twig } = require('twig');

const MODAL_OPTIONS = [
  'class_name', 'init', 'destroy', 'container', 'can_centrify', 'disable_overlay_click', 'focus_element',
  'disable_escape_keydown', 'disable_enter_keydown', 'disable_cancel_click', 'disable_resize',
  'init_animation', 'centrify_animation', 'default_overlay', 'preload_templates',
];

/** Returns the base of every widget object of `session`. */
function base(session) {
  const { $, manifest, langs, log } = session;
  const settings = {
    ...session.saved, ...session.paths, widget_code: session.code, id: 7, active: 'Y',
    status: 'installed', version: manifest.widget.version, oauth_client_uuid: 'c0de', support: {},
  };
  const panel = () => $(`.card-widgets__widget-${session.code} .card-widgets__widget__body`);
  return {
    params: settings,
    langs,
    system: () => ({
      area: session.visit.area, amouser_id: '501', amouser: 'user@acme.example', subdomain: 'acme',
      domain: 'kommo.com', server: 'kommo.com', amohash: '',
    }),
    i18n: (key) => langs[key],
    set_lang: () => {},
    get_settings: () => settings,
    set_settings: (given) => void Object.assign(settings, given),
    get_version: () => settings.version,
    get_install_status: () => session.installStatus || 'installed',
    set_status: () => {},
    get_accounts_current: () => ({ id: 30000001, subdomain: 'acme' }),
    get_current_card_contacts_data: async () => [],
    get_pipeline_id: () => {
      const id = session.mood.pipeline;
      return id ? Promise.resolve(id) : Promise.reject(new Error('the widget is no source of a pipeline'));
    },
    setSdkCatalogId: (id) => void log.catalogs.push(id),
    list_selected: () => session.visit.list && session.mood.rows.length > 0 && {
      count_selected: session.mood.rows.length, selected: session.mood.rows,
      summary: { items: 2, emails: 1, phones: 2 },
    },
    widgetsOverlay: (shown) => void log.overlay.push(shown),
    add_action: (type, action) => void session.actions.push({ type, action }),
    add_source: (type, source) => void session.actions.push({ type, action: source }),
    crm_post: (url, data, done) => session.later('crm_post', () => done({})),
    $authorizedAjax: session.ajax,
    listenSocketChannel: () => () => {},
    render_template: (options, data) => {
      const { caption, body, render } = options;
      log.captions.push(caption.class_name);
      panel().html(body + (render ? twig({ data: render }).render(data) : ''));
    },
    render: (template, data) => render(session, template, data),
  };
}

const templates = new Map();

/** A Twig template, parsed once. */
function compiled(file) {
  if (!templates.has(file)) {
    templates.set(file, twig({ data: fs.readFileSync(file, 'utf8') }));
  }
  return templates.get(file);
}

function render(session, { data: markup, href, base_path, load, promised }, data) {
  if (markup !== undefined) {
    return twig({ data: markup }).render(data);
  }
  if (base_path !== (session.paths.cdn_path || session.paths.path) || !/^\/?templates\/\w+\.twig$/.test(href)) {
    throw new Error(`no template of the widget: ${base_path} ${href}`);
  }
  const file = path.join(session.folder, href);
  session.log.templates.add(path.relative(session.folder, file));
  const template = () => compiled(file);
  return promised ? Promise.resolve().then(template) : session.later(href, () => load(template()));
}

/** Returns the CRM's module for windows over the page. */
function modalOf(session) {
  return function Modal(options) {
    const unknown = Object.keys(options).filter((key) => !MODAL_OPTIONS.includes(key));
    if (unknown.length) {
      throw new ReferenceError(`Modal has no documented option ${unknown}`);
    }
    const { $ } = session;
    const $modal = $('<div>', { class: 'modal modal-list ' + (options.class_name || '') }).appendTo('body');
    options.init($('<div>', { class: 'modal-body__inner' }).appendTo($modal));
    this.destroy = () => {
      if (!options.destroy || options.destroy() !== false) {
        $modal.remove();
      }
    };
  };
}

module.exports = { base, modalOf };
