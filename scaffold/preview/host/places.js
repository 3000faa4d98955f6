/**
 * Where each area lies in the CRM: the codes that a widget reads there, and the address of the page.
 *
 * @typedef {{area: string, page: string, entity: string, currentEntity: string, url: string, title: string}} Place
 */

const PLACES = {
  lcard: ["leads_card", "leads", "leads", "/leads/detail/{id}", "Lead"],
  ccard: ["contacts_card", "contacts", "contacts", "/contacts/detail/{id}", "Contact"],
  comcard: ["companies_card", "companies", "companies", "/companies/detail/{id}", "Company"],
  cucard: ["customers_card", "customers", "customers", "/customers/detail/{id}", "Customer"],
  card_sdk: ["leads_card", "leads", "leads", "/leads/detail/{id}", "Lead"],
  llist: ["leads", "leads", "leads", "/leads/list/", "Leads"],
  clist: ["contacts", "contacts", "contacts", "/contacts/list/", "Contacts"],
  tlist: ["todo", "todo", "todo", "/todo/list/", "Tasks"],
  culist: ["customers", "customers", "customers", "/customers/list/", "Customers"],
  catalogs: ["catalogs", "catalogs", "catalogs", "/catalogs/{id}", "Lists"],
  settings: ["widgetsSettings", "settings", "widgetsSettings", "/settings/widgets/", "Integrations"],
  advanced_settings: [
    "advanced-settings:{code}",
    "settings",
    "advanced-settings",
    "/settings/widgets/{code}/",
    "Settings",
  ],
  widget_page: ["widget-page:{code}", "widget_page", "widget_page", "/widget_page/{code}/", "Page"],
  digital_pipeline: [
    "leads-pipeline",
    "leads",
    "leads-dp",
    "/settings/pipeline/leads/{id}/",
    "Digital pipeline",
  ],
  lead_sources: ["leads-pipeline", "leads", "leads-dp", "/settings/pipeline/leads/{id}/", "Digital pipeline"],
  salesbot_designer: [
    "settings-communications",
    "settings",
    "settings",
    "/settings/communications/",
    "Salesbot",
  ],
  whatsapp_modal: ["leads-pipeline", "leads", "leads-dp", "/settings/pipeline/leads/{id}/", "WhatsApp"],
  website_chat_button: [
    "leads-pipeline",
    "leads",
    "leads-dp",
    "/settings/pipeline/leads/{id}/",
    "Website chat button",
  ],
  ai_agent: ["settings", "settings", "settings", "/settings/ai/", "AI agent"],
  sms: ["settings", "settings", "settings", "/settings/", "System SMS"],
  mobile_card: ["leads_card", "leads", "leads", "/leads/detail/{id}", "Mobile app"],
  everywhere: ["dashboard", "dashboard", "dashboard", "/dashboard/", "Dashboard"],
};

/**
 * @param {string} area
 * @param {{code: string, id?: number | string}} values fill the placeholders
 * @returns {Place}
 */
export function placeOf(area, { code, id = "" }) {
  const [page, entity, currentEntity, url, title] = PLACES[area] || PLACES.everywhere;
  const fillIn = (text) => text.replace("{code}", code).replace("{id}", String(id));
  return { area, page: fillIn(page), entity, currentEntity, url: fillIn(url), title };
}

/** The left menu of the CRM: title, area whose page it opens, icon letter. */
export const MENU = [
  ["Dashboard", "everywhere"],
  ["Leads", "llist"],
  ["Contacts", "clist"],
  ["Tasks", "tlist"],
  ["Lists", "catalogs"],
  ["Settings", "settings"],
];
