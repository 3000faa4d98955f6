"""Reads a widget's manifest, texts and logo into answers: each answer is tried, and kept if it is valid."""

import re
from collections.abc import Iterator
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.files.tree import Tree
from scaffold.generate.answers import defaults
from scaffold.generate.answers.blocks import LATER
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.kinds.lines import MAX_CODE_CHARS
from scaffold.generate.answers.question import Question, Subject
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.answers.validate import complete
from scaffold.grow.adopt.texts import Texts
from scaffold.kommo.areas import BY_CODE
from scaffold.kommo.limits import CODE_PATTERN, IMAGE_BY_NAME, IMAGE_MAX_BYTES, LOCALES
from scaffold.kommo.location import parse_location

_LOGOS = ("logo_main.png", "logo_medium.png", "logo.png", "logo_small.png", "logo_min.png")
"""The largest first."""


class Reader:
    """Reads one widget."""

    def __init__(self, manifest: dict[str, Any], texts: Texts, tree: Tree, name: str) -> None:
        self.manifest = manifest
        self.texts = texts
        self._tree = tree
        self._name = name
        self.locations: list[str] = []

    def answers(self) -> tuple[Answers, Draft]:
        """Return answers that express as much of the widget as possible."""
        draft = Draft({}, self._name).answer("code", self._code()).answer("areas", ["everywhere"])
        draft = self._tried(draft, "platform", ["amocrm"] if "ru" in self._locales() else [])
        known = [one for one in self._locales() if one in LOCALES[draft.platform]]
        draft = self._tried(draft, "locales", [known] if known else [])
        self.texts = self.texts.limited(known)
        draft = self._areas(draft)
        for key, value in self._simple(draft):
            draft = self._tried(draft, key, [value])
        for key, entries in self._tables(draft):
            draft = self._table(draft, key, entries)
        return complete(draft)._replace(logo=self.logo()), draft

    def _block(self, name: str) -> dict[str, Any]:
        block = self.manifest.get(name)
        return block if isinstance(block, dict) else {}

    def _locales(self) -> list[str]:
        given = self._block("widget").get("locale")
        named = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
        return list(dict.fromkeys(named)) or list(self.texts.locales)

    def _code(self) -> str:
        """Return the code in the manifest, or one derived from the folder's name."""
        given = self._block("widget").get("code")
        for name in (given, self._name):
            if isinstance(name, str) and CODE_PATTERN.fullmatch(name) and len(name) <= MAX_CODE_CHARS:
                return name
        return defaults.code(Subject(Draft({}, self._name), "")) or "my_widget"

    def _tried(self, draft: Draft, key: str, values: list[Any]) -> Draft:
        """Return the draft with the first of `values` that is valid; without any, the same draft."""
        for value in values:
            more = draft.answer(key, value)
            if _is_valid(more):
                return more
        return draft

    def _areas(self, draft: Draft) -> Draft:
        """Return the draft with every area of the widget that the answers can express."""
        given = self.manifest.get("locations")
        words = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
        chosen: list[str] = []
        for _ in range(2):  # an area may need one that comes after it
            for word in words:
                location = parse_location(word)
                if location is None or str(location) in chosen:
                    continue
                more = self._needed(draft.answer("areas", [*chosen, str(location)]), location.area)
                if _is_valid(more):
                    chosen.append(str(location))
                    draft = more
        order = [str(parse_location(word)) for word in words]
        chosen.sort(key=order.index)
        self.locations = chosen
        return draft.answer("areas", chosen) if chosen else self._tried(draft, "areas", [["settings"]])

    def _needed(self, draft: Draft, area: str) -> Draft:
        """Return the draft with the answers that an area requires."""
        if BY_CODE[area].public_only:
            draft = draft.answer("public", True)
        pipeline = self._block("dp")
        if area == "digital_pipeline" and "widget.php" in self._tree and "webhook_url" not in pipeline:
            return draft.answer("digital_pipeline.backend", "widget_php")
        for question in QUESTIONS:
            if question.required and area in question.areas and question.key not in draft:
                values = [self.found(question), LATER, question.example]
                draft = self._tried(draft, question.key, [value for value in values if value is not None])
        return draft

    def found(self, question: Question) -> Any:
        """Return what the widget answers to a question that its area requires, unchecked; None if nothing."""
        if question.key == "catalogs.list_id":
            script = self._tree.get("script.js", b"").decode(errors="replace")
            catalog = re.search(r"setSdkCatalogId\(\s*[\"']?(\d{1,15})", script)
            return int(catalog[1]) if catalog else None
        endpoint = BY_CODE[question.areas[0]].endpoint
        if endpoint is None or not endpoint.address or question.unless != "backend.url":
            return None
        block, key = endpoint.address
        return self._block(block).get(key)

    def _simple(self, draft: Draft) -> Iterator[tuple[str, Any]]:
        """Yield the answers that do not depend on each other, by key."""
        widget = self._block("widget")
        for key in ("name", "short_description", "description"):
            if text := self.texts.text(widget.get(key, f"widget.{key}")):
                yield key, text
        for key in ("version", "init_once"):
            if key in widget:
                yield key, widget[key]
        support = widget.get("support")
        for key in ("link", "email"):
            if isinstance(support, dict) and support.get(key):
                yield f"support.{key}", self.texts.plain(support[key])
        yield "digital_pipeline.action_multiple", self._block("dp").get("action_multiple") is True
        for key, value in (
            ("advanced_settings.title", self._block("advanced").get("title")),
            ("widget_page.title", self._menu().get("title")),
            ("ai_agent.description", "widget.ai_agent_description"),
        ):
            if draft.has(key.partition(".")[0]) and (text := self.texts.text(value)):
                yield key, text
        if colour := self._block("mobile").get("color"):
            yield "mobile_card.color", colour
        tour = self.manifest.get("tour")
        if isinstance(tour, dict) and tour.get("is_tour") is True:
            yield "public", True
            slides = tour.get("tour_images")
            held = slides.values() if isinstance(slides, dict) else ()
            yield "tour.slides", max((len(one) for one in held if isinstance(one, list)), default=0)

    def _menu(self) -> dict[str, Any]:
        """Return the widget's first item in the left menu; empty if it has none."""
        items = [one for one in self._block("left_menu").values() if isinstance(one, dict)]
        for item in items:
            inner = item.get("realty", item)
            return inner if isinstance(inner, dict) else item
        return {}

    def _tables(self, draft: Draft) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the tables of fields, handlers and menu items, in the form of an answers file, by key."""
        if draft.has("settings"):
            yield "settings", self._fields(self._block("settings"))
        if draft.has("digital_pipeline"):
            fields = self._block("dp").get("settings")
            yield "digital_pipeline.fields", self._fields(fields if isinstance(fields, dict) else {})
        if draft.has("salesbot_designer"):
            yield "salesbot_designer.handlers", dict(self._handlers())
        if draft.has("widget_page"):
            items = self._menu().get("submenu")
            held = items.items() if isinstance(items, dict) else ()
            titles = {code: self.texts.text(one.get("title")) for code, one in held if isinstance(one, dict)}
            yield "widget_page.items", {code: {"title": text} for code, text in titles.items() if text}

    def _fields(self, block: dict[str, Any]) -> dict[str, Any]:
        fields = {}
        for code, one in block.items():
            if isinstance(one, dict):
                field = {"type": one.get("type", "text"), "required": one.get("required") is True}
                if label := self.texts.text(one.get("name")):
                    field["label"] = label
                fields[str(code)] = field
        return fields

    def _handlers(self) -> Iterator[tuple[str, Any]]:
        for code, one in self._block("salesbot_designer").items():
            if not isinstance(one, dict):
                continue
            handler: dict[str, Any] = {}
            if name := self.texts.text(one.get("name")):
                handler["name"] = name
            fields = one.get("settings")
            if isinstance(fields, dict):
                handler["fields"] = {}
                for field, about in fields.items():
                    if not isinstance(about, dict):
                        continue
                    held = {"type": about.get("type", "text"), "manual": about.get("manual") is True}
                    for key, into in (("name", "label"), ("default_value", "default_value")):
                        if text := self.texts.text(about.get(key)):
                            held[into] = text
                    handler["fields"][str(field)] = held
            yield str(code), handler

    def _table(self, draft: Draft, key: str, entries: dict[str, Any]) -> Draft:
        """Return the draft with the valid entries of a table; all at once, or else tried one by one."""
        whole = self._tried(draft, key, [entries] if entries else [])
        if whole is not draft or not entries:
            return whole
        held: dict[str, Any] = {}
        for code, entry in entries.items():
            more = self._tried(draft, key, [{**held, code: entry}])
            if more is not draft:
                held[code] = entry
        return draft.answer(key, held) if held else draft

    def logo(self) -> bytes | None:
        """Return the largest of the widget's logos, for pictures that areas added later need."""
        from scaffold.files import pictures

        for name in _LOGOS:
            try:
                data = self._tree[f"images/{name}"]
                pictures.fit(data, [IMAGE_BY_NAME["logo_min.png"]], IMAGE_MAX_BYTES)
            except (KeyError, ScaffoldError):
                continue
            return data
        return None


def _is_valid(draft: Draft) -> bool:
    try:
        complete(draft)
    except AnswersError:
        return False
    return True
