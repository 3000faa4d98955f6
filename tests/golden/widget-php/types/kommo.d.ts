// What the CRM gives a widget, and what it calls: for editors, never packed.
// Sources: https://developers.kommo.com/docs/script-js, https://developers.kommo.com/docs/environment-variables

/** jQuery 2.1.3, as the CRM loads it; `npm install --save-dev @types/jquery` and drop this line for more. */
type JQuery = any;

declare const $: any;

/** RequireJS: asks for modules by name and hands them to the factory. */
declare function define(modules: string[], factory: (...modules: any[]) => any): void;

/** The CRM's global object. Public widgets may read it, never write to it. */
declare const APP: Kommo.App;

declare namespace Kommo {
  /** The object that the CRM mixes into the one constructed in script.js. */
  interface Widget {
    callbacks: Callbacks;
    params: WidgetParams;
    /** The whole dictionary of the user's language. */
    langs: Record<string, any>;
    /** Where the widget runs, and for whom. */
    system(): { area: string; amouser_id: string; amouser: string; [more: string]: unknown };
    /** A section of i18n/<locale>.json by its key at the top level. */
    i18n(section: string): any;
    set_lang(langs: Record<string, any>): void;
    /** The stored settings by field code, beside widget_code, path and version. */
    get_settings(): Record<string, any>;
    set_settings(settings: Record<string, unknown>): void;
    get_version(): string;
    get_install_status(): 'install' | 'installed' | 'not_configured';
    set_status(status: 'install' | 'installed' | 'error'): void;
    /** The pipeline that the widget is a source of (lead_sources). */
    get_pipeline_id(): Promise<number>;
    get_accounts_current(): Record<string, any>;
    get_current_card_contacts_data(): Promise<CardContact[]>;
    /** Binds the list to the widget (catalogs); call it in onSave. */
    setSdkCatalogId(id: number): void;
    /** The ticked rows of the visible page of a list; false outside lists. */
    list_selected(): { selected: ListRow[]; summary: { items: number; emails: number; phones: number } } | false;
    /** Shows or hides the panel beside a list. */
    widgetsOverlay(shown: boolean): void;
    add_action(type: 'phone' | 'email', action: (data: { value: string }) => void): void;
    add_source(type: 'sms' | 'chat' | 'email' | 'custom', source: (given: any) => any, name?: string): void;
    /** POST through the CRM's proxy, at most one a second. */
    crm_post(
      url: string,
      data: object,
      done: (reply: any) => void,
      type?: 'json' | 'text' | 'html' | 'xml',
      failed?: (error: any) => void
    ): void;
    /** jQuery.ajax to your own server, with a one-time token in the header X-Auth-Token. */
    $authorizedAjax(options: object): any;
    /** Draws the body of the widget's panel; the CRM draws the frame around it. */
    render_template(
      options: { caption: { class_name: string; html?: string }; body: string; render: string },
      data?: object
    ): void;
    /** Twig: markup at once from `data` or `ref`, or a template later from `href`. */
    render(
      template: {
        data?: string;
        ref?: string;
        href?: string;
        base_path?: string;
        v?: string;
        load?: (template: { render(data?: object): string }) => void;
        promised?: boolean;
      },
      data?: object
    ): any;
  }

  interface WidgetParams {
    path: string;
    /** Newer than `path`, same use. */
    cdn_path?: string;
    widget_code: string;
    version: string;
    status: string;
    [more: string]: any;
  }

  interface CardContact {
    id: number;
    name: string;
    first_name: string;
    last_name: string;
    phones: string[];
    emails: string[];
  }

  interface ListRow {
    id: number;
    type: string;
    emails?: string[];
    phones?: string[];
  }

  interface App {
    data: { current_card: false | { id: number; model: any }; current_view: { $el: JQuery }; [more: string]: any };
    lang_id: string;
    /** leads, contacts, companies or customers */
    getBaseEntity(): string;
    isCard(): boolean;
    /** The page's code: another vocabulary than the areas of manifest.json. */
    getWidgetsArea(): string;
    constant(key: 'user' | 'user_rights' | 'account' | 'managers' | 'groups' | 'task_types'): any;
    notifications: {
      show_message(message: { header: string; text: string; date?: number; icon?: string }): void;
      show_message_error(message: { header: string; text: string; date?: number; link?: string }): void;
      [more: string]: any;
    };
    [more: string]: any;
  }

  interface SettingsContext {
    /** There when the window was opened from a pipeline's lead sources. */
    source_id?: number;
    external_id?: string;
  }

  interface SaveParams {
    /** 'N' while the widget is being disabled. */
    active: 'Y' | 'N';
    /** By field code; what onSave leaves here is stored. */
    fields: Record<string, any>;
    [more: string]: any;
  }

  interface CardSdkProduct {
    id: number;
    sku: string;
    name: string;
    price: string;
  }

  interface CardSdkElement extends CardSdkProduct {
    quantity: number;
  }

  interface CardSdkLink {
    from: string;
    from_id: number;
    to_id: number;
    to_widget_id: number;
    quantity: number;
  }

  interface CardSdkLinks {
    link: CardSdkLink[];
    unlink: CardSdkLink[];
  }

  interface CatalogElement {
    id: number;
    name: { text: string };
    [more: string]: any;
  }

  interface MenuPageParams {
    location: 'widget_page' | 'stats' | 'settings';
    item_code?: string;
    subitem_code?: string;
  }

  /** Every callback that the CRM knows; script.js has those that the widget's areas need. */
  interface Callbacks {
    /** Called first, whenever the widget is loaded in an area. https://developers.kommo.com/docs/script-js */
    render?(): boolean | Promise<boolean>;
    /** Called after render returned true. https://developers.kommo.com/docs/script-js */
    init?(): boolean;
    /** Called with init; the place for event handlers. https://developers.kommo.com/docs/script-js */
    bind_actions?(): boolean;
    /** Called when the installation window is opened; `context` is amoCRM's. https://developers.kommo.com/docs/script-js */
    settings?($modal_body: JQuery, context?: Kommo.SettingsContext): boolean | void;
    /** Called on Install and Save, and before destroy when the widget is disabled; false keeps the window open. https://developers.kommo.com/docs/installing-and-configuring */
    onSave?(params: Kommo.SaveParams): boolean | Promise<boolean>;
    /** Called once, when the widget is installed; an exception does not stop it. https://developers.kommo.com/docs/script-js */
    onInstall?(): void;
    /** Called when the widget is disabled, and when its area is left. https://developers.kommo.com/docs/script-js */
    destroy?(): void;
    /** Called when the widget's page inside Settings is opened. https://developers.kommo.com/docs/script-js */
    advancedSettings?(): boolean | void;
    /** Called when the widget's action is added or edited in the pipeline. https://developers.kommo.com/docs/widgets-dp */
    dpSettings?(): boolean | void;
    /** Called after a source of the widget was used. https://developers.kommo.com/docs/script-js */
    onSource?(): void;
    /** Called when the widget becomes a pipeline's source. https://developers.kommo.com/docs/script-js */
    onAddAsSource?(pipeline_id: number): void;
    /** Called when a bot with a block of the widget is saved; returns the bot's steps as JSON. https://developers.kommo.com/docs/salesbot-sdk */
    onSalesbotDesignerSave?(handler_code: string, params: Record<string, string>): string;
    /** Called when a block of the widget is added or opened in the Salesbot builder. https://developers.kommo.com/docs/salesbot-sdk */
    salesbotDesignerSettings?($body: JQuery, renderRow: (caption: string) => string, params: object): { exits: Array<{ code: string, title: string }> };
    /** Called when the widget's tab of a card is opened: the products to choose from. https://developers.kommo.com/docs/card-sdk */
    loadPreloadedData?(): Promise<Kommo.CardSdkProduct[]>;
    /** Called when the widget's tab of a card is opened: the linked products. https://developers.kommo.com/docs/card-sdk */
    loadElements?(type: { id: number, type: string }, id: number): Promise<Kommo.CardSdkElement[]>;
    /** Called when a card is saved whose linked products changed. https://developers.kommo.com/docs/card-sdk */
    linkCard?(links: Kommo.CardSdkLinks): Promise<void>;
    /** Called when the user searches in the widget's tab of a card. https://developers.kommo.com/docs/card-sdk */
    searchDataInCard?(query: string, type: number, id: number): Promise<Kommo.CardSdkProduct[]>;
    /** Called when an element of the widget's list is opened, in place of the standard card. https://developers.kommo.com/docs/lists-sdk */
    loadCatalogElement?(catalog_element: Kommo.CatalogElement): void;
    /** Called when an item of the widget is chosen in the left menu. https://developers.kommo.com/docs/left-menu */
    initMenuPage?(params: Kommo.MenuPageParams): void;
    /** Called when the task synchronisation window is opened (amoCRM). https://www.amocrm.ru/developers/content/web_sdk/todo_sync */
    calendarSync?(): object;
    leads?: {
      /** Called when the widget is chosen in the leads list's More menu. https://developers.kommo.com/docs/script-js */
      selected(): void;
    };
    contacts?: {
      /** Called when the widget is chosen in the contacts list's More menu. https://developers.kommo.com/docs/script-js */
      selected(): void;
    };
    todo?: {
      /** Called when the widget is chosen in the tasks list's More menu. https://developers.kommo.com/docs/script-js */
      selected(): void;
    };
  }
}
