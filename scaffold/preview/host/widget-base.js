/**
 * Return the members that the CRM gives to every widget object before its constructor runs.
 *
 * All are closures over the stage, as many widgets call them with another `this`.
 *
 * @param {import("./stage.js").Stage} stage
 * @returns {object}
 */
export function createBase(stage) {
  const { widget, settings, network, log, templates } = stage;
  const asked = (text) => log.add("asked", text);
  return {
    params: settings,
    langs: stage.langs,
    ns: `.widget:${widget.code}`,
    helpers: { Modal: stage.Modal },
    modal: { options: {} },
    template_element: "",
    ...languageMembers(stage),
    ...settingsMembers(stage, asked),
    ...hookMembers(stage, asked),
    system: () => stage.system,
    render: (source, params) => templates.render(source, params),
    render_template: (options, data) => stage.panel.render(options || {}, data || {}),
    list_selected: () => stage.selection(),
    widgetsOverlay: (visible) => (
      asked(`self.widgetsOverlay(${visible})`),
      stage.panel.overlay(Boolean(visible))
    ),
    get_accounts_current: () => stage.demo.account(),
    get_current_card_contacts_data: () => Promise.resolve(stage.demo.cardContacts(stage.cardData)),
    crm_post(url, data, done, type = "text", fail = undefined) {
      const reply = () => stage.ask("reply", String(url));
      network.crmPost({ url: String(url), data, type, reply }, { done, fail });
    },
    $authorizedAjax: (options) => stage.authorizedAjax(options || {}),
    listenSocketChannel(channel, keys, callback) {
      asked(`self.listenSocketChannel(${log.show(channel)}, ${log.show(keys)}): no messages come in the preview`);
      stage.listeners.add(callback);
      return () => stage.listeners.delete(callback);
    },
  };
}

function languageMembers(stage) {
  const { log } = stage;
  return {
    i18n(key) {
      const found = String(key ?? "")
        .split(".")
        .reduce((value, part) => value?.[part], stage.langs);
      if (found === undefined)
        stage.report.warn("missing-text", `the text ${log.show(key)} is not in i18n/${stage.answers.language}.json`);
      return found;
    },
    set_lang(langs) {
      stage.langs = langs;
      if (stage.instance) stage.instance.langs = langs;
    },
  };
}

function settingsMembers(stage, asked) {
  const { settings, widget, log } = stage;
  return {
    get_settings: () => settings,
    set_settings(values) {
      asked(`self.set_settings(${log.show(values)})`);
      stage.report.warn(
        "not-kept",
        "set_settings keeps values on this page only: onSave or a server must save what should last",
      );
      return Object.assign(settings, values);
    },
    get_version: () => widget.version,
    get_install_status: () => settings.status,
    set_status(status) {
      asked(`self.set_status(${log.show(status)})`);
      settings.status = status;
    },
  };
}

function hookMembers(stage, asked) {
  const { log } = stage;
  return {
    add_action(type, callback) {
      asked(`self.add_action(${log.show(type)})`);
      stage.actions.set(type === "e-mail" ? "email" : type, callback);
    },
    add_source(type, callback, text) {
      asked(`self.add_source(${log.show(type)})`);
      stage.sources.set(type, { callback, text: text || stage.name });
    },
    setSdkCatalogId(id) {
      asked(`self.setSdkCatalogId(${log.show(id)})`);
      stage.catalogId = Number(id);
    },
    get_pipeline_id() {
      return stage.pipelineId
        ? Promise.resolve(stage.pipelineId)
        : Promise.reject(new Error("the widget is not the source of a pipeline"));
    },
  };
}
