// What the CRM gives a widget, and what it calls: for editors, never packed.
// Sources: https://developers.kommo.com/docs/script-js, https://developers.kommo.com/docs/environment-variables

/**
 * jQuery, which the CRM loads in the version 2.1.3: the members that widgets use. For all of it,
 * `npm install --save-dev @types/jquery` and add "jquery" to "types" in jsconfig.json: both go together.
 */
interface JQuery<TElement = HTMLElement> extends Kommo.Elements<TElement> {
  find(selector: string): JQuery;
  filter(selector: string): this;
  not(selector: string): this;
  is(selector: string): boolean;
  closest(selector: string): JQuery;
  parent(selector?: string): JQuery;
  parents(selector?: string): JQuery;
  children(selector?: string): JQuery;
  siblings(selector?: string): JQuery;
  next(selector?: string): JQuery;
  prev(selector?: string): JQuery;
  first(): this;
  last(): this;
  eq(index: number): this;
  index(): number;
  get(index: number): TElement | undefined;
  toArray(): TElement[];
  each(action: (this: TElement, index: number, element: TElement) => void | false): this;

  text(): string;
  text(text: string | number | boolean): this;
  html(): string;
  html(html: string | Element | JQuery<any>): this;
  val(): string | number | string[] | undefined;
  val(value: string | number | string[]): this;
  attr(name: string): string | undefined;
  attr(name: string, value: string | number | null): this;
  attr(attributes: Record<string, string | number | null>): this;
  removeAttr(name: string): this;
  prop(name: string): any;
  prop(name: string, value: unknown): this;
  data(): Record<string, any>;
  data(name: string): any;
  data(name: string, value: unknown): this;
  css(name: string): string;
  css(name: string, value: string | number): this;
  css(properties: Record<string, string | number>): this;
  width(): number | undefined;
  height(): number | undefined;
  offset(): { top: number; left: number } | undefined;
  scrollTop(): number | undefined;
  scrollTop(pixels: number): this;
  addClass(names: string): this;
  removeClass(names?: string): this;
  toggleClass(names: string, on?: boolean): this;
  hasClass(name: string): boolean;
  show(): this;
  hide(): this;
  toggle(on?: boolean): this;

  append(...content: Array<string | Element | JQuery<any>>): this;
  prepend(...content: Array<string | Element | JQuery<any>>): this;
  after(...content: Array<string | Element | JQuery<any>>): this;
  before(...content: Array<string | Element | JQuery<any>>): this;
  appendTo(target: string | Element | JQuery<any>): this;
  prependTo(target: string | Element | JQuery<any>): this;
  insertAfter(target: string | Element | JQuery<any>): this;
  insertBefore(target: string | Element | JQuery<any>): this;
  replaceWith(content: string | Element | JQuery<any>): this;
  clone(withData?: boolean): this;
  empty(): this;
  remove(selector?: string): this;
  detach(selector?: string): this;

  on(events: string, handler: (this: TElement, event: any, ...more: any[]) => any): this;
  on(events: string, selector: string, handler: (this: any, event: any, ...more: any[]) => any): this;
  one(events: string, handler: (this: TElement, event: any, ...more: any[]) => any): this;
  off(events?: string, selector?: string): this;
  trigger(event: string, more?: any[]): this;
  focus(): this;
  serializeArray(): Array<{ name: string; value: string }>;
}

interface JQueryStatic {
  (selector: string, context?: string | Element | JQuery<any>): JQuery;
  (html: string, attributes: Record<string, any>): JQuery;
  <T extends Element | Document | Window>(element: T | ArrayLike<T>): JQuery<T>;
  <T>(elements: JQuery<T>): JQuery<T>;
  ajax(options: Record<string, any>): Kommo.Request;
  ajax(url: string, options?: Record<string, any>): Kommo.Request;
  each<T>(list: ArrayLike<T>, action: (index: number, item: T) => void | false): ArrayLike<T>;
  extend(target: object, ...more: object[]): any;
  param(values: object): string;
}

/** RequireJS: asks for modules by name and hands them to the factory. */
declare function define<Name extends string, Names extends Name[] | []>(
  modules: Names,
  factory: (...modules: { [Place in keyof Names]: Kommo.ModuleOf<Names[Place]> }) => unknown
): void;
declare function define(factory: () => unknown): void;

/** The CRM's global object. Public widgets may read it, never write to it. */
declare const APP: Kommo.App;

declare namespace Kommo {
  /** What jQuery's collections are before anything else: a list. */
  interface Elements<TElement> {
    readonly [index: number]: TElement;
    length: number;
  }

  /** A request under way; `await` and Promise.resolve take it, too. */
  interface Request extends PromiseLike<any> {
    done(action: (answer: any, status: string, request: any) => void): this;
    fail(action: (request: any, status: string, error: any) => void): this;
    always(action: () => void): this;
    abort(): void;
  }

  /**
   * What `define` hands to the factory, by the name it is asked for. A module of yours becomes known by
   * `declare namespace Kommo { interface Modules { './lib/mine.js': { ... } } }` in a file beside this one.
   */
  interface Modules {
    jquery: JQueryStatic;
    'lib/components/base/modal': new (options: ModalOptions) => Modal;
  }

  type ModuleOf<Name> = Name extends keyof Modules ? Modules[Name] : any;

  /** The object that the CRM mixes into the one constructed in script.js. */
  interface Widget {
    callbacks: Callbacks;
    /** The same as get_settings() gives. */
    params: Settings;
    /** The whole dictionary of the user's language. */
    langs: Record<string, any>;
    /** Where the widget runs, and for whom. */
    system(): System;
    /** A section of i18n/<locale>.json by its key at the top level. */
    i18n(section: string): any;
    set_lang(langs: Record<string, any>): void;
    /** What is stored by field code, and what the CRM knows of the widget. */
    get_settings(): Settings;
    set_settings(settings: Record<string, unknown>): void;
    get_version(): string;
    get_install_status(): 'install' | 'installed' | 'not_configured';
    set_status(status: 'install' | 'installed' | 'error'): void;
    /** The pipeline that the widget is a source of (lead_sources). */
    get_pipeline_id(): Promise<number>;
    get_accounts_current(): Account;
    get_current_card_contacts_data(): Promise<CardContact[]>;
    /** Binds the list to the widget (catalogs); call it in onSave. */
    setSdkCatalogId(id: number): void;
    /** The ticked rows of the visible page of a list; false outside lists. */
    list_selected(): Selection | false;
    /** Shows or hides the panel beside a list. */
    widgetsOverlay(shown: boolean): void;
    add_action(type: 'phone' | 'email', action: (data: { value: string }) => void): void;
    /** Sends a text message from a card's feed; the promise says whether it was sent. */
    add_source(type: 'sms', send: (message: TextMessage) => Promise<unknown>): void;
    /** A way of writing from a card's feed that draws its own form. */
    add_source(type: 'chat' | 'email' | 'custom', draw: ($form: JQuery) => void, name: string): void;
    /** POST through the CRM's proxy, at most one a second. */
    crm_post(
      url: string,
      data: object,
      done: (reply: any) => void,
      type?: 'json' | 'text' | 'html' | 'xml',
      failed?: (error: any) => void
    ): void;
    /** jQuery.ajax to your own server, with a one-time token in the header X-Auth-Token. */
    $authorizedAjax(options: Record<string, any>): Request;
    /**
     * Hears what happens in a channel, such as `leads:card:7` or `notifications:<account>:<user>`, where the
     * message has these keys. What it returns stops it.
     */
    listenSocketChannel(channel: string, keys: string[], heard: (message: any) => void): () => void;
    /** Draws the body of the widget's panel; the CRM draws the frame around it. */
    render_template(
      options: { caption: { class_name: string; html?: string }; body: string; render: string },
      data?: object
    ): void;
    /** Markup at once, from a text or from one of the CRM's own templates (`/tmpl/controls/select.twig`). */
    render(template: { data: string } | { ref: string }, data?: object): string;
    /** A template of the widget's own, loaded. */
    render(template: TemplateFile & { promised: true }, data?: object): Promise<Template>;
    render(template: TemplateFile & { load: (template: Template) => void }, data?: object): void;
  }

  interface Template {
    render(data?: object): string;
  }

  interface TemplateFile {
    /** Below `base_path`, such as `/templates/panel.twig`. */
    href: string;
    base_path: string;
    /** Part of the address, so that an update is fetched. */
    v?: string;
  }

  interface System {
    /** As in the manifest's `locations`, without suffix. */
    area: string;
    amouser_id: string;
    amouser: string;
    subdomain: string;
    domain: string;
  }

  /** What the installation window stores, by field code. */
  interface Fields {
  }

  interface Settings extends Fields {
    /** The code that the platform gave the widget, not the name of its folder. */
    widget_code: string;
    version: string;
    status: string;
    active?: 'Y' | 'N';
    id?: number;
    /** Where the widget's files are. */
    cdn_path?: string;
    cdn_images_path?: string;
    /** The same from before 2025-11, deprecated. */
    path: string;
    images_path?: string;
    oauth_client_uuid?: string;
  }

  interface SettingsContext {
    /** There when the window was opened from a pipeline's lead sources. */
    source_id?: number;
    external_id?: string;
  }

  interface SaveParams {
    /** 'N' while the widget is being disabled. */
    active: 'Y' | 'N';
    /** What the user typed, by field code; what onSave leaves here is stored. */
    fields: Fields & Record<string, any>;
  }

  interface ModalOptions {
    class_name?: string;
    /** Fills the window; trigger 'modal:loaded' and 'modal:centrify' on the body afterwards. */
    init?($modal_body: JQuery): void;
    /** Called when it closes; false keeps it open. */
    destroy?(): boolean | void;
    container?: string | JQuery;
    can_centrify?: boolean;
    centrify_animation?: boolean;
    init_animation?: boolean;
    default_overlay?: boolean;
    disable_overlay_click?: boolean;
    disable_escape_keydown?: boolean;
    disable_enter_keydown?: boolean;
    disable_cancel_click?: boolean;
    disable_resize?: boolean;
    focus_element?: string;
    preload_templates?: string[];
  }

  /** A window over the page. */
  interface Modal {
    destroy(): void;
    showSuccess(text: string, closed?: (() => void) | false, milliseconds?: number): void;
    showError(text: string, again?: boolean): void;
  }

  interface CardContact {
    id: number;
    name: string;
    first_name: string;
    last_name: string;
    phones: string[];
    emails: string[];
  }

  interface TextMessage {
    phone: number;
    message: string;
    contact_id: number;
  }

  interface Selection {
    selected: ListRow[];
    summary: { items: number; emails: number; phones: number };
    count_selected: number;
  }

  interface ListRow {
    id: number;
    type: 'lead' | 'contact' | 'company' | 'customer' | 'task';
    emails?: string[];
    phones?: string[];
  }

  type Entity = 'leads' | 'contacts' | 'companies' | 'customers';

  interface App {
    data: {
      /** false outside cards, where current_view is there instead. */
      current_card: CurrentCard | false;
      current_view?: { $el: JQuery };
      /** The rows of a list. */
      current_list?: any;
    };
    /** The language in the user's profile: en, es, pt, ... */
    lang_id: string;
    getBaseEntity(): Entity;
    isCard(): boolean;
    /** The page's code: another vocabulary than the areas of manifest.json. */
    getWidgetsArea(): string;
    constant(key: 'user'): User;
    constant(key: 'user_rights'): { is_admin: boolean; is_free_user: boolean };
    constant(key: 'account'): Account;
    /** The account's users by their id. */
    constant(key: 'managers'): Record<string, Manager>;
    /** Names by `group_<id>`. */
    constant(key: 'groups'): Record<string, string>;
    constant(key: 'task_types'): Record<string, TaskType>;
    notifications: Notifications;
    /** Tells a widget with init_once of what the CRM notifies the user of. */
    addNotificationCallback(widget_code: string, heard: (message: any) => void): void;
    sdk: {
      showUserStatus(users?: Array<number | 'online'>): Record<string, { id: string; online: boolean }>;
      /** true keeps the CRM from reloading the page, during a call. */
      setCallingStatus(calling: boolean): void;
      getCallingStatus(): boolean;
    };
    router: { navigate(url: string, options?: { trigger?: boolean }): void };
    widgets: { system: System; list: Record<string, Widget>; clear_cache(): void };
  }

  interface CurrentCard {
    /** 0 until a new card is saved for the first time. */
    id: number;
    /** A Backbone model with what stands in the fields, saved or not. */
    model: { get(name: string): any; set(name: string, value: any): void; attributes: Record<string, any> };
  }

  interface Notifications {
    show_message(message: { header: string; text: string; date?: number; icon?: string }): void;
    show_message_error(message: { header: string; text: string; date?: number; link?: string }): void;
    show_notification(message: {
      text: { header: string; text: string };
      type: 'call' | 'error';
      date?: number;
    }): void;
    /** Lasting, and sent to the user's other channels. */
    add_error(
      message: { header?: string; text: string; date?: number; link?: string },
      then?: { done?(): void; fail?(): void; always?(): void }
    ): void;
    add_call(call: {
      text: string;
      date?: number;
      from?: string;
      to?: string;
      duration?: number;
      link?: string;
      click_link?: string;
      element?: { id: number; type: string; name?: string };
    }): void;
  }

  interface User {
    id: number;
    login: string;
    name: string;
    personal_mobile?: string;
    photo?: string;
    theme?: string;
    amojo_id?: string;
  }

  interface Manager {
    id: string | number;
    /** The name. */
    title: string;
    active: boolean;
    login?: string;
    is_admin?: 'Y' | 'N';
    /** `group_<id>` */
    group?: string;
    phone?: string;
    avatar?: string;
    amojo_id?: string;
  }

  interface Account {
    id: number;
    subdomain: string;
    name?: string;
    currency?: string;
    country?: string;
    language?: string;
    timezone?: string;
  }

  interface TaskType {
    id: number;
    /** The name. */
    option: string;
    color: string;
    icon_id: number;
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
    /** The card's entity, as `type` of loadElements names it. */
    from: string;
    from_id: number;
    /** The product. */
    to_id: number;
    /** The widget's code. */
    to_widget_id: string;
    quantity: number;
  }

  interface CardSdkLinks {
    link: CardSdkLink[];
    unlink: CardSdkLink[];
  }

  interface CatalogElement {
    id: number;
    name: { text: string };
    [field: string]: any;
  }

  interface MenuPageParams {
    location: 'widget_page' | 'stats' | 'settings';
    item_code?: string;
    subitem_code?: string;
  }

  /** A list in an answer of the REST API; 204 and no body stand for an empty one. */
  interface Page<T> {
    _page: number;
    _links: { self: Link; next?: Link; prev?: Link; first?: Link };
    /** Under the entity's name: `page._embedded.leads`. */
    _embedded: Record<string, T[]>;
  }

  interface Link {
    href: string;
  }

  /** What the entities of cards have in common. Dates are seconds since 1970. */
  interface EntityBase {
    id: number;
    name: string;
    responsible_user_id: number;
    group_id: number;
    created_by: number;
    updated_by: number;
    created_at: number;
    updated_at: number;
    closest_task_at: number | null;
    is_deleted?: boolean;
    custom_fields_values: CustomFieldValues[] | null;
    account_id: number;
    _links?: { self: Link };
  }

  interface Lead extends EntityBase {
    price: number;
    status_id: number;
    pipeline_id: number;
    loss_reason_id: number | null;
    closed_at: number | null;
    score: number | null;
    labor_cost?: number | null;
    _embedded?: { tags?: Tag[]; companies?: Linked[]; contacts?: Array<Linked & { is_main: boolean }> };
  }

  interface Contact extends EntityBase {
    first_name: string;
    last_name: string;
    _embedded?: { tags?: Tag[]; companies?: Linked[]; leads?: Linked[]; customers?: Linked[] };
  }

  interface Company extends EntityBase {
    _embedded?: { tags?: Tag[]; contacts?: Linked[]; leads?: Linked[]; customers?: Linked[] };
  }

  interface Task {
    id: number;
    text: string;
    task_type_id: number;
    /** When it is due, and how long it takes, in seconds. */
    complete_till: number;
    duration: number;
    is_completed: boolean;
    result: { text: string } | [];
    entity_id: number | null;
    entity_type: Entity | null;
    responsible_user_id: number;
    group_id: number;
    created_by: number;
    updated_by: number;
    created_at: number;
    updated_at: number;
    account_id: number;
  }

  interface Linked {
    id: number;
  }

  interface Tag {
    id: number;
    name: string;
    color: string | null;
  }

  /** What an entity holds in one of the account's own fields. */
  interface CustomFieldValues {
    field_id: number;
    field_name: string;
    field_code: string | null;
    field_type: string;
    values: Array<{ value: any; enum_id?: number; enum_code?: string | null }>;
  }

  /** One of the account's own fields. */
  interface CustomField {
    id: number;
    name: string;
    /** PHONE, EMAIL, ...; null for most. */
    code: string | null;
    type: string;
    entity_type: Entity | 'segments' | 'catalogs';
    sort: number;
    group_id: string | null;
    is_api_only?: boolean;
    is_deletable?: boolean;
    is_predefined?: boolean;
    is_required?: boolean;
    enums: Array<{ id: number; value: string; sort: number; code?: string | null }> | null;
    currency?: string | null;
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
    /** Called when the widget's tab of a card is opened: the products to choose from. https://developers.kommo.com/docs/card-sdk */
    loadPreloadedData?(): Promise<Kommo.CardSdkProduct[] | {}>;
    /** Called when the widget's tab of a card is opened: the linked products. https://developers.kommo.com/docs/card-sdk */
    loadElements?(type: { id: number, type: string }, id: number): Promise<Kommo.CardSdkElement[]>;
    /** Called when a card is saved whose linked products changed. https://developers.kommo.com/docs/card-sdk */
    linkCard?(links: Kommo.CardSdkLinks): Promise<void>;
    /** Called when the user searches in the widget's tab of a card. https://developers.kommo.com/docs/card-sdk */
    searchDataInCard?(query: string, type: number, id: number): Promise<Kommo.CardSdkProduct[]>;
    /** Called when an element of the widget's list is opened, in place of the standard card. https://developers.kommo.com/docs/lists-sdk */
    loadCatalogElement?(catalog_element: Kommo.CatalogElement): void;
    /** Called when the widget's page inside Settings is opened. https://developers.kommo.com/docs/script-js */
    advancedSettings?(): boolean | void;
    /** Called when an item of the widget is chosen in the left menu. https://developers.kommo.com/docs/left-menu */
    initMenuPage?(params: Kommo.MenuPageParams): void;
    /** Called when the widget's action is added or edited in the pipeline. https://developers.kommo.com/docs/widgets-dp */
    dpSettings?(): boolean | void;
    /** Called when a block of the widget is added or opened in the Salesbot builder. https://developers.kommo.com/docs/salesbot-sdk */
    salesbotDesignerSettings?($body: JQuery, renderRow: (caption: string) => string, params: object): { exits: Array<{ code: string, title: string }> };
    /** Called when a bot with a block of the widget is saved; returns the bot's steps as JSON. https://developers.kommo.com/docs/salesbot-sdk */
    onSalesbotDesignerSave?(handler_code: string, params: Record<string, string>): string;
    /** Called when the widget becomes a pipeline's source. https://developers.kommo.com/docs/script-js */
    onAddAsSource?(pipeline_id: number): void;
    /** Called after a source of the widget was used. https://developers.kommo.com/docs/script-js */
    onSource?(): void;
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
