"""Reads a widget's manifest, texts and logo into answers: each answer is tried, and kept if it is valid."""

import re
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
from scaffold.grow.adopt.values import Values, block
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
        values = Values(self.manifest, self.texts)
        for key, value in values.single(draft):
            draft = self._tried(draft, key, [value])
        for key, entries in values.tables(draft):
            draft = self._table(draft, key, entries)
        return complete(draft)._replace(logo=self.logo()), draft

    def _locales(self) -> list[str]:
        given = block(self.manifest, "widget").get("locale")
        named = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
        return list(dict.fromkeys(named)) or list(self.texts.locales)

    def _code(self) -> str:
        """Return the code in the manifest, or one derived from the folder's name."""
        given = block(self.manifest, "widget").get("code")
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
        pipeline = block(self.manifest, "dp")
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
        name, key = endpoint.address
        return block(self.manifest, name).get(key)

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
