"""The names that the templates use, including the answers."""

import textwrap
from typing import Any

from scaffold.generate.answers.blocks import LATER, SECRET, Field, Handler, MenuItem
from scaffold.generate.answers.gaps import gaps
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.render import backend
from scaffold.generate.render.overlays import Overlays
from scaffold.generate.render.script import Script, names_in
from scaffold.kommo import areas, callbacks, limits, rest, sources
from scaffold.kommo.area import Group
from scaffold.kommo.callback import Callback

_COMMENT_COLUMNS = 90
"""The width of a callback's comment: what the vendor's own ESLint rules allow."""

_STORED_TYPES: dict[str, str] = {
    "text": "string",
    "pass": "string",
    "users": "Record<string, string>",
    "users_lp": "Record<string, { login: string; password: string }>",
    "custom": "string | number",
}
"""Type of an installation field -> the TypeScript type of the value that the CRM stores.

Source: <https://developers.kommo.com/docs/field-types> (2026-01-27).
"""

_API_TYPE = (
    "{ get(path: string, query?: object): Promise<any>; post(path: string, body: object): Promise<any>;"
    " all(path: string, query?: object): Promise<any[]> }"
)
"""The TypeScript type of what widget/lib/api.js exports."""


def context(answers: Answers, overlays: Overlays) -> dict[str, Any]:
    """Return the templates' names for one widget."""
    paths = [path for path, _ in overlays.outputs()]
    needed = (*callbacks.ALWAYS, *(name for area in overlays.areas for name in area.callbacks))
    support = answers.support._asdict()
    names = {
        "answers": answers,
        "gaps": gaps(answers),
        "areas": overlays.areas,
        "callbacks": [callbacks.BY_NAME[name] for name in needed],
        "possible_callbacks": _possible_callbacks(answers, overlays),
        "limits": limits,
        "page": lambda url: sources.page(url, answers.platform),
        "docs": lambda name: sources.page(sources.KOMMO_DOCS + name, answers.platform),
        "sources": sources,
        "product": limits.PRODUCTS[answers.platform],
        "domain": limits.DOMAINS[answers.platform],
        "gives": lambda area: area.gives if answers.panel(area.code) else area.bare_gives or area.gives,
        "panels": [a.code for a in overlays.areas if answers.panel(a.code)],
        "card_areas": [a for a in overlays.areas if a.code in areas.CARD_CODES],
        "list_areas": [a for a in overlays.areas if a.group is Group.LISTS and a.suffix],
        "own_modules": {"./lib/api.js": _API_TYPE} if answers.api else {},
        "stored_types": _STORED_TYPES,
        "secrets": [field for field in answers.settings if field.type == SECRET],
        "rest": rest,
        "fields": _fields,
        "labels": _labels,
        "submenu": _submenu,
        "item_titles": _item_titles,
        "handlers": _handlers,
        "handler_texts": _handler_texts,
        "locations": [str(location) for location in answers.areas],
        "location_of": {location.area: str(location) for location in answers.areas},
        "locale_list": ", ".join(limits.LOCALE_NAMES[locale] for locale in answers.locales),
        "support": {key: given for key, given in support.items() if given} or None,
        "tour": _tour(answers),
        "addresses": _addresses(answers),
        "jsdoc": lambda name, takes=None, indent=6: _jsdoc(name, answers.platform, takes, indent),
        "partials": overlays.partials,
        "names_in": names_in,
        "template_names": sorted(path for path in paths if path.endswith(".twig")),
        **backend.names(answers, paths, _addresses(answers)),
    }
    return {**names, "script": Script(overlays, names, needed)}


def _possible_callbacks(answers: Answers, overlays: Overlays) -> list[Callback]:
    """Return the documented callbacks without those of other areas, and on Kommo without amoCRM's own."""
    absent = {name for area in areas.AREAS if area not in overlays.areas for name in area.callbacks}
    if answers.platform == "kommo":
        absent |= {each.name for each in callbacks.CALLBACKS if each.url.startswith(sources.AMOCRM_DOCS)}
    return [callback for callback in callbacks.CALLBACKS if callback.name not in absent]


def _fields(fields: tuple[Field, ...], prefix: str) -> dict[str, Any]:
    """Return the manifest's block of installation or pipeline fields; labels are i18n keys below `prefix`.

    Secrets are left out: the CRM does not have such fields.
    """
    return {
        field.code: {"name": f"{prefix}.{field.code}", "type": field.type, "required": field.required}
        for field in fields
        if field.type != SECRET
    }


def _labels(fields: tuple[Field, ...], locale: str) -> dict[str, str]:
    """Return the texts that `_fields` refers to."""
    return {field.code: field.label[locale] for field in fields}


def _handler_texts(handlers: tuple[Handler, ...], locale: str) -> dict[str, Any]:
    """Return the texts that `_handlers` refers to."""
    texts: dict[str, Any] = {}
    for handler in handlers:
        defaults = {f.code: f.default_value[locale] for f in handler.fields if f.default_value is not None}
        texts[handler.code] = {
            "name": handler.name[locale],
            "fields": _labels(handler.fields, locale),
            "defaults": defaults or None,
            "exits": {exit_.code: exit_.title[locale] for exit_ in handler.exits},
        }
    return texts


def _handlers(handlers: tuple[Handler, ...]) -> dict[str, Any]:
    """Return the manifest's `salesbot_designer` block."""
    block = {}
    for handler in handlers:
        fields = {}
        for field in handler.fields:
            fields[field.code] = {
                "name": f"salesbot.{handler.code}.fields.{field.code}",
                "type": field.type,
                "manual": field.manual,
            }
            if field.default_value is not None:
                fields[field.code]["default_value"] = f"salesbot.{handler.code}.defaults.{field.code}"
        block[handler.code] = {"name": f"salesbot.{handler.code}.name", "settings": fields}
    return block


def _submenu(items: tuple[MenuItem, ...]) -> dict[str, Any] | None:
    """Return the sub-items of the left-menu item, in their order; None if there are none."""
    return {
        item.code: {"title": f"menu.items.{item.code}", "sort": place}
        for place, item in enumerate(items, start=1)
    } or None


def _item_titles(items: tuple[MenuItem, ...], locale: str) -> dict[str, str] | None:
    """Return the texts that `_submenu` refers to."""
    return {item.code: item.title[locale] for item in items} or None


def _addresses(answers: Answers) -> list[str]:
    """Return the addresses on the user's server that the platform or the script calls, without repetition."""
    given = (
        answers.backend and answers.backend.url,
        *(question.answer_in(answers) for question in QUESTIONS if question.unless == "backend.url"),
        answers.backend and answers.salesbot_designer and answers.backend.page("salesbot.php"),
    )
    return list(dict.fromkeys(address for address in given if address and address != LATER))


def _tour(answers: Answers) -> dict[str, Any] | None:
    """Return the manifest's `tour` block, or None without slides."""
    if not answers.tour.slides:
        return None
    images = {
        locale: [f"/images/{limits.tour_image(locale, n)}" for n in range(1, answers.tour.slides + 1)]
        for locale in answers.locales
    }
    return {"is_tour": True, "tour_images": images, "tour_description": "tour.description"}


def _jsdoc(name: str, platform: str, takes: int | None, indent: int) -> str:
    """Return the JSDoc comment of a callback, without the indent of its first line.

    `takes` is how many of its arguments the callback declares; None: all.
    """
    callback = callbacks.BY_NAME[name]
    lines = textwrap.wrap(f"Called {callback.when}.", _COMMENT_COLUMNS - indent - len(" * "))
    for param, type_ in callback.params[:takes]:
        optional = param.endswith("?")
        lines.append(f"@param {{{type_}}} {f'[{param[:-1]}]' if optional else param}")
    if callback.returns != "void":
        lines.append(f"@returns {{{callback.returns}}}")
    lines.append(f"@see {sources.page(callback.url, platform)}")
    pad = " " * indent
    return "/**\n" + "".join(f"{pad} * {line}\n" for line in lines) + f"{pad} */"
