/**
 * The kinds of area. A kind has `open(stage, area, options)`, which draws the page, runs the widget there and
 * returns the page; `drive(stage, page)`, what a user would do there; `visits`, the options of each opening that a
 * run makes; and `pose(stage, page)`, where a picture wants something else than `drive`.
 */

import * as card from "./card.js";
import * as cardSdk from "./card-sdk.js";
import * as catalogs from "./catalogs.js";
import * as digitalPipeline from "./digital-pipeline.js";
import * as everywhere from "./everywhere.js";
import * as leadSources from "./lead-sources.js";
import * as list from "./list.js";
import * as mobile from "./mobile.js";
import * as pages from "./pages.js";
import * as salesbot from "./salesbot.js";
import * as settings from "./settings.js";
import * as sms from "./sms.js";
import * as unpublished from "./unpublished.js";
import * as whatsapp from "./whatsapp.js";

const KINDS = {
  lcard: card,
  ccard: card,
  comcard: card,
  cucard: card,
  llist: list,
  clist: list,
  tlist: list,
  culist: list,
  card_sdk: cardSdk,
  catalogs,
  settings,
  everywhere,
  sms,
  advanced_settings: pages.advancedSettings,
  widget_page: pages.widgetPage,
  digital_pipeline: digitalPipeline,
  salesbot_designer: salesbot,
  lead_sources: leadSources,
  mobile_card: mobile,
  whatsapp_modal: whatsapp,
};

/** @param {string} code @returns {{open: Function, drive?: Function, visits?: object[], pose?: Function}} */
export function kindOf(code) {
  return KINDS[code] || unpublished;
}
