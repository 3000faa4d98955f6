"""The keys of manifest.json, and the values that some of them are bound to.

Sources: the table of <https://es-developers.kommo.com/docs/manifest-json> (2026-02-17); for what it omits,
<https://www.amocrm.ru/developers/content/integrations/structure>.
"""

TOP_LEVEL: tuple[str, ...] = (
    "widget", "locations", "tour", "settings", "dp", "advanced", "salesbot_designer", "sms", "mobile",
    "left_menu", "amoforms_settings",
)  # fmt: skip
"""Every documented top-level key; all but `locations` hold an object."""

WIDGET: tuple[str, ...] = (
    "name", "description", "short_description", "version", "interface_version", "init_once", "locale",
    "installation", "is_showcase", "support", "code", "secret_key",
)  # fmt: skip
"""Every documented key of `widget`; the last two are of older widgets."""

WIDGET_REQUIRED: tuple[str, ...] = (
    "name", "description", "short_description", "interface_version", "locale", "installation",
)  # fmt: skip

WIDGET_FLAGS: tuple[str, ...] = ("init_once", "installation", "is_showcase")

DP: tuple[str, ...] = ("settings", "action_multiple", "webhook_url", "title")
"""Every documented key of `dp`. Source: <https://developers.kommo.com/docs/widgets-dp>."""

FIELD: tuple[str, ...] = ("name", "type", "required")
"""Every documented key of a field of `settings`. Source: <https://developers.kommo.com/docs/field-types>."""

SALESBOT_LOGO = "logo"
"""The one key of `salesbot_designer` that is no block. Source:
<https://developers.kommo.com/docs/salesbot-sdk>."""

MENU_SYSTEM_ITEMS: tuple[str, ...] = (
    "dashboard", "leads", "customers", "tasks", "catalogs", "mail", "stats", "settings",
)  # fmt: skip
"""Items of the left menu that are there already: `sort.after` names one, a key with such a name changes one.
Sources: <https://developers.kommo.com/docs/left-menu>, <https://www.amocrm.ru/developers/content/web_sdk/left_menu>."""

MENU_ALWAYS_SHOWN = "settings"
"""Cannot be hidden. Source: as for `MENU_SYSTEM_ITEMS`."""
