// Types of what the CRM gives a widget and of the callbacks that it calls. For editors only: never packed.
//
// Open the project's folder in VS Code: jsconfig.json makes it complete and check `self`, `APP` and `define` in
// widget/**/*.js. In functions of your own, name a type in a JSDoc comment: `@param {Kommo.Lead} lead`. Put types of
// your own into another file of this folder. To turn the checks off, set "checkJs" to false in jsconfig.json.
//
// Sources: https://developers.kommo.com/docs/script-js, https://developers.kommo.com/docs/environment-variables

/**
 * The members of a jQuery collection that widgets use; the CRM loads jQuery 2.1.3. For the rest, run
 * `npm install --save-dev @types/jquery` and add "jquery" to "types" in jsconfig.json: the types merge.
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

/** jQuery itself, `$`: the members that widgets use. */
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

/** RequireJS: loads modules by name and passes them to the factory. */
declare function define<Name extends string, Names extends Name[] | []>(
  modules: Names,
  factory: (...modules: { [Place in keyof Names]: Kommo.ModuleOf<Names[Place]> }) => unknown
): void;
declare function define(factory: () => unknown): void;

/** The CRM's global object. Public widgets must not write to it. */
declare const APP: Kommo.App;

declare namespace Kommo {
  /** The list of elements that a jQuery collection is. */
  interface Elements<TElement> {
    readonly [index: number]: TElement;
    length: number;
  }

  /** A pending request; `await` and Promise.resolve() accept it, too. */
  interface Request extends PromiseLike<any> {
    done(action: (answer: any, status: string, request: any) => void): this;
    fail(action: (request: any, status: string, error: any) => void): this;
    always(action: () => void): this;
    abort(): void;
  }

  /**
   * What `define` passes to the factory, by module name. Declare a module of your own in a file beside this one:
   * `declare namespace Kommo { interface Modules { './lib/mine.js': { ... } } }`.
   */
  interface Modules {
    jquery: JQueryStatic;
    'lib/components/base/modal': new (options: ModalOptions) => Modal;
  }

  /** The type of a module by its name; `any` for a name that is not in Modules. */
  type ModuleOf<Name> = Name extends keyof Modules ? Modules[Name] : any;

  /** The object constructed in script.js, with the methods that the CRM adds to it. */
  interface Widget {
    callbacks: Callbacks;
    /** The same as get_settings() returns. */
    params: Settings;
    /** All texts of i18n/<locale>.json in the user's language. */
    langs: Record<string, any>;
    /** The area in which the widget runs, and the user. */
    system(): System;
    /** A section of i18n/<locale>.json by its top-level key, or undefined. */
    i18n(section: string): any;
    /** Replaces `langs`. */
    set_lang(langs: Record<string, any>): void;
    /** What the user saved, by field code, and what the CRM knows about the widget. */
    get_settings(): Settings;
    /** Adds to the settings, without saving them. */
    set_settings(settings: Record<string, unknown>): void;
    /** The version in manifest.json. */
    get_version(): string;
    /** `not_configured`: installed, but without settings. */
    get_install_status(): 'install' | 'installed' | 'not_configured';
    set_status(status: 'install' | 'installed' | 'error'): void;
    /** The id of the pipeline that uses the widget as a source (lead_sources); rejected if there is none. */
    get_pipeline_id(): Promise<number>;
    /** The account, without a request. Documented by amoCRM. */
    get_accounts_current(): Account;
    /** The contacts of the open card. Documented by amoCRM. */
    get_current_card_contacts_data(): Promise<CardContact[]>;
    /** Binds the list to the widget (catalogs); call it in onSave. */
    setSdkCatalogId(id: number): void;
    /** The ticked rows on the visible page of a list; false outside lists. */
    list_selected(): Selection | false;
    /** Shows or hides the panel beside a list. */
    widgetsOverlay(shown: boolean): void;
    /** Adds an entry to the menu of phone numbers or e-mail addresses. */
    add_action(type: 'phone' | 'email', action: (data: { value: string }) => void): void;
    /** Adds a way to send text messages from a card; the CRM adds a note when the promise resolves. */
    add_source(type: 'sms', send: (message: TextMessage) => Promise<unknown>): void;
    /** Adds a way to send other messages from a card, with a form that the widget draws. */
    add_source(type: 'chat' | 'email' | 'custom', draw: ($form: JQuery) => void, name: string): void;
    /** Sends a POST request through the CRM's proxy, at most one a second; `type` is 'text' by default. */
    crm_post(
      url: string,
      data: object,
      done: (reply: any) => void,
      type?: 'json' | 'text' | 'html' | 'xml',
      failed?: (error: any) => void
    ): void;
    /** jQuery.ajax() to your own server, with a signed token in the header X-Auth-Token. */
    $authorizedAjax(options: Record<string, any>): Request;
    /**
     * Listens to messages with these keys in a channel such as `leads:card:7` or `notifications:<account>:<user>`;
     * returns a function that stops it. Documented by amoCRM.
     */
    listenSocketChannel(channel: string, keys: string[], callback: (message: any) => void): () => void;
    /** Draws the body of the widget's panel; the CRM draws the frame around it. */
    render_template(
      options: { caption: { class_name: string; html?: string }; body: string; render: string },
      data?: object
    ): void;
    /** Renders Twig text, or a template of the CRM's own such as `/tmpl/controls/select.twig`. */
    render(template: { data: string } | { ref: string }, data?: object): string;
    /** Loads a template of the widget. */
    render(template: TemplateFile & { promised: true }, data?: object): Promise<Template>;
    render(template: TemplateFile & { load: (template: Template) => void }, data?: object): void;
  }

  /** A loaded Twig template. */
  interface Template {
    render(data?: object): string;
  }

  /** Where to load a template from. */
  interface TemplateFile {
    /** Relative to `base_path`, such as `/templates/panel.twig`. */
    href: string;
    base_path: string;
    /** Added to the URL, so that browsers fetch an update. */
    v?: string;
  }

  /** The area in which the widget runs, and the user. */
  interface System {
    /** As in `locations` of manifest.json, without the suffix. */
    area: string;
    /** The user's id. */
    amouser_id: string;
    /** The user's e-mail address. */
    amouser: string;
    subdomain: string;
    domain: string;
  }

  /** The fields of the installation window, as they are stored. */
  interface Fields {
    /** Greeting */
    greeting?: string;
  }

  /** The stored fields, and what the CRM knows about the widget. */
  interface Settings extends Fields {
    /** The code by which the CRM knows the widget. */
    widget_code: string;
    version: string;
    status: string;
    active?: 'Y' | 'N';
    id?: number;
    /** The URL of the widget's files. */
    cdn_path?: string;
    cdn_images_path?: string;
    /** @deprecated since 2025-11, in favour of cdn_path and cdn_images_path */
    path: string;
    /** @deprecated */
    images_path?: string;
    oauth_client_uuid?: string;
  }

  /** The second argument of `settings`. Documented by amoCRM. */
  interface SettingsContext {
    /** Present if the window was opened from a pipeline's lead sources. */
    source_id?: number;
    external_id?: string;
  }

  /** The argument of `onSave`. */
  interface SaveParams {
    /** 'N' while the widget is being disabled. */
    active: 'Y' | 'N';
    /** What the user typed, by field code; the CRM stores what onSave leaves here. */
    fields: Fields & Record<string, any>;
  }

  /** The options of a modal window. */
  interface ModalOptions {
    class_name?: string;
    /** Fills the window; trigger 'modal:loaded' and 'modal:centrify' on its body at the end. */
    init?($modal_body: JQuery): void;
    /** Called when the window closes; false keeps it open. */
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

  /** A modal window. */
  interface Modal {
    destroy(): void;
    showSuccess(text: string, closed?: (() => void) | false, milliseconds?: number): void;
    /** `again` offers to try again. */
    showError(text: string, again?: boolean): void;
  }

  /** A contact of the open card. */
  interface CardContact {
    id: number;
    name: string;
    first_name: string;
    last_name: string;
    phones: string[];
    emails: string[];
  }

  /** A text message that the user wants to send. */
  interface TextMessage {
    phone: number;
    message: string;
    contact_id: number;
  }

  /** The ticked rows of a list. */
  interface Selection {
    selected: ListRow[];
    summary: { items: number; emails: number; phones: number };
    count_selected: number;
  }

  /** A ticked row. */
  interface ListRow {
    id: number;
    type: 'lead' | 'contact' | 'company' | 'customer' | 'task';
    emails?: string[];
    phones?: string[];
  }

  /** An entity that has cards, as the REST API names it. */
  type Entity = 'leads' | 'contacts' | 'companies' | 'customers';

  /** The CRM's global object. */
  interface App {
    data: {
      /** false outside cards. */
      current_card: CurrentCard | false;
      current_view?: { $el: JQuery };
      /** The rows of a list. */
      current_list?: any;
    };
    /** The user's language: en, es, pt, ... */
    lang_id: string;
    /** The entity of the page. */
    getBaseEntity(): Entity;
    isCard(): boolean;
    /** The code of the page, such as `leads_card`: not an area of manifest.json. */
    getWidgetsArea(): string;
    constant(key: 'user'): User;
    constant(key: 'user_rights'): { is_admin: boolean; is_free_user: boolean };
    constant(key: 'account'): Account;
    /** The account's users by id. */
    constant(key: 'managers'): Record<string, Manager>;
    /** The names of the groups of users by `group_<id>`. */
    constant(key: 'groups'): Record<string, string>;
    /** The account's types of tasks. */
    constant(key: 'task_types'): Record<string, TaskType>;
    notifications: Notifications;
    /** Calls the function for each notification that the user gets; only with init_once. */
    addNotificationCallback(widget_code: string, callback: (message: any) => void): void;
    sdk: {
      /** Who of these users is online. */
      showUserStatus(users?: Array<number | 'online'>): Record<string, { id: string; online: boolean }>;
      /** true keeps the CRM from reloading the page, such as during a call. */
      setCallingStatus(calling: boolean): void;
      /** Documented by amoCRM. */
      getCallingStatus(): boolean;
    };
    router: { navigate(url: string, options?: { trigger?: boolean }): void };
    widgets: { system: System; list: Record<string, Widget>; clear_cache(): void };
  }

  /** The open card. */
  interface CurrentCard {
    /** 0 until a new card is saved for the first time. */
    id: number;
    /** A Backbone model of the card's fields, with changes that are not saved yet. */
    model: { get(name: string): any; set(name: string, value: any): void; attributes: Record<string, any> };
  }

  /** Messages to the user. `date` is in seconds since 1970; texts may contain HTML. */
  interface Notifications {
    show_message(message: { header: string; text: string; date?: number; icon?: string }): void;
    show_message_error(message: { header: string; text: string; date?: number; link?: string }): void;
    show_notification(message: {
      text: { header: string; text: string };
      type: 'call' | 'error';
      date?: number;
    }): void;
    /** A lasting notification, which is also sent to the user's other channels. */
    add_error(
      message: { header?: string; text: string; date?: number; link?: string },
      then?: { done?(): void; fail?(): void; always?(): void }
    ): void;
    /** A notification of a call. `duration` is in seconds. */
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

  /** The current user. */
  interface User {
    id: number;
    login: string;
    name: string;
    personal_mobile?: string;
    photo?: string;
    theme?: string;
    amojo_id?: string;
  }

  /** A user of the account. */
  interface Manager {
    id: string | number;
    /** The user's name. */
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

  /** The account. */
  interface Account {
    id: number;
    subdomain: string;
    name?: string;
    currency?: string;
    country?: string;
    language?: string;
    timezone?: string;
  }

  /** A type of tasks. */
  interface TaskType {
    id: number;
    /** The type's name. */
    option: string;
    color: string;
    icon_id: number;
  }

  /** A product that users can link to a card. */
  interface CardSdkProduct {
    id: number;
    sku: string;
    name: string;
    price: string;
  }

  /** A product that is linked to a card. */
  interface CardSdkElement extends CardSdkProduct {
    quantity: number;
  }

  /** A link between a card and a product. */
  interface CardSdkLink {
    /** The card's entity, named as in `type` of loadElements. */
    from: string;
    from_id: number;
    /** The product's id. */
    to_id: number;
    /** The widget's code. */
    to_widget_id: string;
    quantity: number;
  }

  /** The links that a saved card has gained and lost. */
  interface CardSdkLinks {
    link: CardSdkLink[];
    unlink: CardSdkLink[];
  }

  /** An element of the widget's list. */
  interface CatalogElement {
    id: number;
    name: { text: string };
    [field: string]: any;
  }

  /** The item of the left menu that the user chose. */
  interface MenuPageParams {
    location: 'widget_page' | 'stats' | 'settings';
    item_code?: string;
    subitem_code?: string;
  }

  /** A page of a list from the REST API, which answers 204 without a body if the list is empty. */
  interface Page<T> {
    _page: number;
    _links: { self: Link; next?: Link; prev?: Link; first?: Link };
    /** By the entity's name: `page._embedded.leads`. */
    _embedded: Record<string, T[]>;
  }

  /** The URL of another resource. */
  interface Link {
    href: string;
  }

  /** What leads, contacts and companies have in common. Dates are in seconds since 1970. */
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

  /** A lead from the REST API. */
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

  /** A contact from the REST API. */
  interface Contact extends EntityBase {
    first_name: string;
    last_name: string;
    _embedded?: { tags?: Tag[]; companies?: Linked[]; leads?: Linked[]; customers?: Linked[] };
  }

  /** A company from the REST API. */
  interface Company extends EntityBase {
    _embedded?: { tags?: Tag[]; contacts?: Linked[]; leads?: Linked[]; customers?: Linked[] };
  }

  /** A task from the REST API. */
  interface Task {
    id: number;
    text: string;
    task_type_id: number;
    /** When it is due, in seconds since 1970. */
    complete_till: number;
    /** In seconds. */
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

  /** A reference to another entity. */
  interface Linked {
    id: number;
  }

  /** A tag of a lead, contact or company. */
  interface Tag {
    id: number;
    name: string;
    color: string | null;
  }

  /** The values of one custom field of an entity. */
  interface CustomFieldValues {
    field_id: number;
    field_name: string;
    field_code: string | null;
    field_type: string;
    values: Array<{ value: any; enum_id?: number; enum_code?: string | null }>;
  }

  /** A custom field of the account. */
  interface CustomField {
    id: number;
    name: string;
    /** Such as PHONE or EMAIL; null for most fields. */
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

  /** The callbacks that the CRM calls in the widget's areas. */
  interface Callbacks {
    /** Called first, whenever the widget is loaded in an area. https://developers.kommo.com/docs/script-js */
    render?(): boolean | Promise<boolean>;
    /** Called after render returned true. https://developers.kommo.com/docs/script-js */
    init?(): boolean;
    /** Called with init; the place for event handlers. https://developers.kommo.com/docs/script-js */
    bind_actions?(): boolean;
    /** Called when the installation window is opened. https://developers.kommo.com/docs/script-js */
    settings?($modal_body: JQuery, context?: Kommo.SettingsContext): boolean | void;
    /** Called on Install and Save, and before destroy when the widget is disabled; false keeps the window open. https://developers.kommo.com/docs/installing-and-configuring */
    onSave?(params: Kommo.SaveParams): boolean | Promise<boolean>;
    /** Called once, at the installation; an exception does not abort it. https://developers.kommo.com/docs/script-js */
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
