/** The global `APP` (and its deprecated alias `AMOCRM`). */

import { createNotifications } from "./notifications.js";
import { watchTree } from "./unknown.js";

const CF_TYPES = {
  text: 1,
  numeric: 2,
  checkbox: 3,
  select: 4,
  multiselect: 5,
  date: 6,
  url: 7,
  multitext: 8,
  textarea: 9,
  radiobutton: 10,
  streetaddress: 11,
  smart_address: 13,
  birthday: 14,
  legal_entity: 15,
  items: 16,
  org_legal_name: 17,
  date_time: 19,
  price: 20,
  category: 21,
  tracking_data: 22,
  monetary: 23,
  chained_list: 24,
  file: 25,
};
const ELEMENT_TYPES = { contacts: 1, leads: 2, companies: 3, todo: 4, catalogs: 10, customers: 12 };
const NOTE_TYPES = {
  common: 4,
  task_result: 13,
  system: 25,
  call_in: 10,
  call_out: 11,
  sms_in: 102,
  sms_out: 103,
};
const DATE_FORMATS = { date: "DD.MM.YYYY", date_short: "DD.MM", full: "DD.MM.YYYY HH:mm", time: "HH:mm" };

/**
 * @param {import("./stage.js").Stage} stage
 * @returns {object} reads of unknown members are reported, never thrown
 */
export function createApp(stage) {
  const { log, demo, report, answers } = stage;
  const constants = {};
  const app = {
    constant(key, ...value) {
      if (value.length) constants[key] = value[0];
      const known = key in constants ? constants[key] : (ofCard(stage, key) ?? demo.constant(key));
      if (known === undefined) report.readUnknown(`APP.constant(${log.show(key)})`);
      return known;
    },
    data: createData(stage),
    notifications: createNotifications(log, report),
    getBaseEntity: () => stage.place.entity || stage.place.page,
    isCard: () => Boolean(stage.card),
    getWidgetsArea: () => stage.place.page,
    getV3WidgetsArea: () => stage.place.page,
    lang_id: answers.language,
    lang: {},
    addNotificationCallback(code, callback) {
      log.add("asked", `APP.addNotificationCallback(${log.show(code)})`);
      if (!stage.initOnce)
        report.warn("init-once", "APP.addNotificationCallback is documented for init_once widgets only");
      stage.listeners.add(callback);
    },
    widgets: createWidgets(stage),
    router: {
      navigate(url, options) {
        log.add("asked", `APP.router.navigate(${log.show(url)}, ${log.show(options)})`);
      },
    },
    sdk: createSdk(stage),
    system: { format: { date: DATE_FORMATS }, timezone: demo.account().timezone },
    element_types: ELEMENT_TYPES,
    cf_types: CF_TYPES,
    note_types: NOTE_TYPES,
    environment: "production",
  };
  return watchTree("APP", app, (member, near) => report.readUnknown(member, near));
}

function ofCard({ cardData, demo }, key) {
  return cardData ? demo.cardConstants(cardData)[key] : undefined;
}

/** `APP.data` describes the open page: every member is a getter. */
function createData(stage) {
  return Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries({
        current_card: () => stage.card || false,
        current_entity: () => stage.place.currentEntity,
        current_list: () => stage.list || false,
        current_view: () => ({ $el: stage.$("#page_holder") }),
        is_card: () => Boolean(stage.card),
      }).map(([name, get]) => [name, { get, enumerable: true, configurable: true }]),
    ),
  );
}

function createWidgets(stage) {
  const { log } = stage;
  return {
    get system() {
      return stage.system;
    },
    get list() {
      return stage.instance ? { [stage.widget.code]: stage.instance } : {};
    },
    clear_cache: () => log.add("asked", "APP.widgets.clear_cache()"),
    notificationsPhone: (options) => log.add("asked", `APP.widgets.notificationsPhone(${log.show(options)})`),
    destroyNotificationsPhone: () => log.add("asked", "APP.widgets.destroyNotificationsPhone()"),
    legal_handlers: [],
    loaded: true,
    cf_actions: {},
  };
}

function createSdk({ demo }) {
  let isCalling = false;
  return {
    showUserStatus(wanted) {
      const all = Object.fromEntries(
        demo.data.users.map(({ id }, index) => [id, { id: String(id), online: !index }]),
      );
      if (!Array.isArray(wanted) || wanted.includes("online")) return all;
      return Object.fromEntries(wanted.filter((id) => all[id]).map((id) => [id, all[id]]));
    },
    setCallingStatus: (value) => {
      isCalling = Boolean(value);
    },
    getCallingStatus: () => isCalling,
  };
}
