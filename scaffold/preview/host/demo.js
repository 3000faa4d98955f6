/** The demo account in the shapes of the page's globals; the REST shapes come from the server. */

/** Entity -> its number in the legacy interface, its singular, and the path of its cards. */
export const ENTITIES = {
  leads: { type: 2, singular: "lead", path: "/leads" },
  contacts: { type: 1, singular: "contact", path: "/contacts" },
  companies: { type: 3, singular: "company", path: "/companies" },
  customers: { type: 12, singular: "customer", path: "/customers" },
  todo: { type: 4, singular: "task", path: "/todo" },
};

export class Demo {
  /**
   * @param {object} data `state.account`
   * @param {{user: "admin" | "member", language: string, scheme: string}} answers
   */
  constructor(data, answers) {
    this.data = data;
    this.answers = answers;
    this.constants = {};
  }

  /** @returns {object} the v4 user that is chosen in the answers */
  get user() {
    const wanted = this.answers.user === "admin";
    return this.data.users.find((user) => Boolean(user.rights?.is_admin) === wanted) || this.data.users[0];
  }

  /** @param {string} entity such as `leads` or `todo` @returns {object[]} */
  list(entity) {
    return this.data[entity === "todo" ? "tasks" : entity] || [];
  }

  /** @param {string} entity @returns {object[]} v4 custom fields */
  fields(entity) {
    return this.data.custom_fields?.[entity] || [];
  }

  /** Values of one field of an entity, by field code or id; always a list of strings. */
  values(item, code) {
    const found = (item.custom_fields_values || []).find(
      (field) => field.field_code === code || field.field_id === code,
    );
    return (found?.values || []).map((value) => String(value.value));
  }

  /** @param {object} item v4 contact @returns {{id, name, first_name, last_name, phones, emails}} */
  contact(item) {
    const [first = "", ...rest] = item.name.split(" ");
    return {
      id: item.id,
      name: item.name,
      first_name: item.first_name || first,
      last_name: item.last_name || rest.join(" "),
      phones: this.values(item, "PHONE"),
      emails: this.values(item, "EMAIL"),
    };
  }

  /** Contacts of the open card: the linked ones; in a contact's card the contact itself. */
  cardContacts(card) {
    if (!card || !card.item) return [];
    if (card.entity === "contacts") return [this.contact(card.item)];
    const ids = (card.item._embedded?.contacts || []).map((contact) => contact.id);
    const all = this.list("contacts");
    const linked = all.filter((contact) => ids.includes(contact.id));
    return (linked.length ? linked : all.slice(0, 1)).map((contact) => this.contact(contact));
  }

  /**
   * The result of `self.system()`.
   *
   * @param {string} area
   * @returns {object}
   */
  system(area) {
    const { subdomain, domain } = this.data.account;
    const top = String(domain || "kommo.com").replace(`${subdomain}.`, "");
    return {
      area,
      amouser: this.user.email,
      amouser_id: String(this.user.id),
      amohash: "",
      subdomain,
      domain: top,
      server: `${subdomain}.${top}`,
      displayed_count: 1,
      displayed_count_by_area: {},
    };
  }

  /** Undocumented constants that widgets read in a card. */
  cardConstants({ item }) {
    return {
      card_id: item.id,
      card_element: {
        pipeline_id: item.pipeline_id,
        status: item.status_id,
        name: item.name,
        raw_price: item.price,
      },
    };
  }

  /** The result of `APP.constant(key)`, the same object each time. */
  constant(key) {
    this.constants[key] ??= this.makeConstant(key);
    return this.constants[key];
  }

  makeConstant(key) {
    const makers = {
      user: () => this.constantUser(),
      account: () => this.account(),
      managers: () => this.managers(),
      groups: () => this.groups(),
      task_types: () => this.taskTypes(),
      user_rights: () => this.rights(),
    };
    return makers[key]?.();
  }

  constantUser() {
    const { user } = this;
    return {
      id: user.id,
      login: user.email,
      name: user.name,
      personal_mobile: user.phone || "",
      photo: "",
      api_key: "",
      amojo_id: user.amojo_id || "",
      uuid: user.uuid || "",
      theme: this.answers.scheme === "dark" ? 2 : 1,
      tour: false,
      user_rank: "",
      settings: {},
      group_mates_ids: this.data.users.map((mate) => String(mate.id)),
    };
  }

  rights() {
    return {
      is_admin: Boolean(this.user.rights?.is_admin),
      is_free_user: Boolean(this.user.rights?.is_free),
    };
  }

  account() {
    const { account } = this.data;
    return {
      ...account,
      timezone: account.timezone || "UTC",
      language: this.answers.language,
      cf: this.fieldsById(),
      users: Object.fromEntries(this.data.users.map((user) => [user.id, user.name])),
      products: { catalog_id: this.data.catalogs?.[0]?.id },
      paid_till: 4102444800,
      tariffName: "demo",
    };
  }

  fieldsById() {
    const all = Object.values(this.data.custom_fields || {}).flat();
    return Object.fromEntries(
      all.map((field) => [field.id, { id: field.id, name: field.name, code: field.code }]),
    );
  }

  managers() {
    return Object.fromEntries(
      this.data.users.map((user) => [
        user.id,
        {
          id: String(user.id),
          title: user.name,
          option: user.name,
          active: true,
          login: user.email,
          status: "A",
          is_admin: user.rights?.is_admin ? "Y" : "N",
          free_user: user.rights?.is_free ? "Y" : "N",
          amojo_id: user.amojo_id || "",
          amo_profile_id: null,
          avatar: "",
          theme: 1,
          phone: user.phone || "",
          group: `group_${user.rights?.group_id || 0}`,
        },
      ]),
    );
  }

  groups() {
    const groups = this.data.account._embedded?.users_groups || [];
    return Object.fromEntries(
      (groups.length ? groups : [{ id: 0, name: "Sales" }]).map((group) => [`group_${group.id}`, group.name]),
    );
  }

  taskTypes() {
    const types = this.data.account._embedded?.task_types || [];
    return Object.fromEntries(
      types.map((type) => [
        type.code || type.id,
        {
          id: type.id,
          option: type.name,
          color: type.color || "",
          icon_id: type.icon_id ?? 0,
        },
      ]),
    );
  }
}
