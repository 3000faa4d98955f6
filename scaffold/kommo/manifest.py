"""The keys of manifest.json, and the values that some of them may have."""

from scaffold.kommo import sources
from scaffold.kommo.areas import AREAS

TOP_LEVEL: tuple[str, ...] = (
    "widget", "locations", "tour",
    *dict.fromkeys(area.block for area in AREAS if area.block),
    "amoforms_settings",
)  # fmt: skip
"""Every documented top-level key, those of areas in the table's order. All but `locations` are objects."""

WIDGET: tuple[str, ...] = (
    "name", "description", "short_description", "version", "interface_version", "init_once", "locale",
    "installation", "is_showcase", "support", "code", "secret_key",
)  # fmt: skip
"""Every documented key of `widget`; the last two occur in older widgets."""

WIDGET_REQUIRED: tuple[str, ...] = (
    "name", "description", "short_description", "interface_version", "locale", "installation",
)  # fmt: skip

WIDGET_FLAGS: tuple[str, ...] = ("init_once", "installation", "is_showcase")

DP: tuple[str, ...] = ("settings", "action_multiple", "webhook_url", "title")
"""Every documented key of `dp`; only amoCRM has `title`."""

FIELD: tuple[str, ...] = ("name", "type", "required")
"""Every documented key of a field of `settings`."""

SALESBOT_LOGO = "logo"
"""The only key of `salesbot_designer` that is not a block."""

MENU_AFTER: dict[str, tuple[str, ...]] = {
    "kommo": ("dashboard", "leads", "tasks", "stats", "settings"),
    "amocrm": ("dashboard", "leads", "customers", "tasks", "catalogs", "mail", "stats", "settings"),
}
"""Platform -> items of the left menu that `sort.after` can refer to."""

MENU_SYSTEM_ITEMS: frozenset[str] = frozenset(item for items in MENU_AFTER.values() for item in items)
"""The platform's own items; a key of `left_menu` with one of these names changes that item."""

MENU_ALWAYS_SHOWN = "settings"
"""The item of the left menu that cannot be hidden."""

_TABLES = (sources.KOMMO_DOCS_ES + "manifest-json", sources.AMOCRM_DOCS + "integrations/structure")
_MENU = (sources.KOMMO_DOCS + "left-menu", sources.AMOCRM_DOCS + "web_sdk/left_menu")

SOURCES: dict[str, tuple[str, ...]] = {
    "TOP_LEVEL": (*_TABLES, _MENU[0], sources.AMOCRM_DOCS + "integrations/amoforms-widgets"),
    "WIDGET": _TABLES,
    "WIDGET_REQUIRED": _TABLES,
    "WIDGET_FLAGS": _TABLES,
    "DP": (sources.KOMMO_DOCS + "widgets-dp", sources.AMOCRM_DOCS + "integrations/structure"),
    "FIELD": (sources.KOMMO_DOCS + "field-types",),
    "SALESBOT_LOGO": (sources.KOMMO_DOCS + "salesbot-sdk",),
    "MENU_AFTER": _MENU,
    "MENU_ALWAYS_SHOWN": _MENU,
}
