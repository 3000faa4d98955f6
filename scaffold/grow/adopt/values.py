"""What a widget's manifest says, as values of an answers file; they may be invalid."""

from collections.abc import Iterator
from typing import Any

from scaffold.generate.answers.draft import Draft
from scaffold.grow.adopt.texts import Texts


def block(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a block of the manifest; empty if it has none."""
    held = manifest.get(name)
    return held if isinstance(held, dict) else {}


class Values:
    """The values of one manifest."""

    def __init__(self, manifest: dict[str, Any], texts: Texts) -> None:
        self._manifest = manifest
        self._texts = texts

    def single(self, draft: Draft) -> Iterator[tuple[str, Any]]:
        """Yield the answers that do not depend on each other, by key; `draft` has the areas."""
        yield from self._about_the_widget()
        yield "digital_pipeline.action_multiple", block(self._manifest, "dp").get("action_multiple") is True
        for key, value in (
            ("advanced_settings.title", block(self._manifest, "advanced").get("title")),
            ("widget_page.title", self._menu().get("title")),
            ("ai_agent.description", "widget.ai_agent_description"),
        ):
            if draft.has(key.partition(".")[0]) and (text := self._texts.text(value)):
                yield key, text
        if colour := block(self._manifest, "mobile").get("color"):
            yield "mobile_card.color", colour
        tour = block(self._manifest, "tour")
        if tour.get("is_tour") is True:
            yield "public", True
            slides = block(tour, "tour_images").values()
            yield "tour.slides", max((len(one) for one in slides if isinstance(one, list)), default=0)

    def _about_the_widget(self) -> Iterator[tuple[str, Any]]:
        widget = block(self._manifest, "widget")
        for key in ("name", "short_description", "description"):
            if text := self._texts.text(widget.get(key, f"widget.{key}")):
                yield key, text
        for key in ("version", "init_once"):
            if key in widget:
                yield key, widget[key]
        support = block(widget, "support")
        for key in ("link", "email"):
            if support.get(key):
                yield f"support.{key}", self._texts.plain(support[key])

    def _menu(self) -> dict[str, Any]:
        """Return the widget's first item in the left menu; empty if it has none."""
        items = [one for one in block(self._manifest, "left_menu").values() if isinstance(one, dict)]
        for item in items:
            inner = item.get("realty", item)
            return inner if isinstance(inner, dict) else item
        return {}

    def tables(self, draft: Draft) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the tables of fields, handlers and menu items, in the form of an answers file, by key."""
        if draft.has("settings"):
            yield "settings", self._fields(block(self._manifest, "settings"))
        if draft.has("digital_pipeline"):
            fields = block(self._manifest, "dp").get("settings")
            yield "digital_pipeline.fields", self._fields(fields if isinstance(fields, dict) else {})
        if draft.has("salesbot_designer"):
            yield "salesbot_designer.handlers", dict(self._handlers())
        if draft.has("widget_page"):
            items = self._menu().get("submenu")
            held = items.items() if isinstance(items, dict) else ()
            titles = {code: self._texts.text(one.get("title")) for code, one in held if isinstance(one, dict)}
            yield "widget_page.items", {code: {"title": text} for code, text in titles.items() if text}

    def _fields(self, given: dict[str, Any]) -> dict[str, Any]:
        fields = {}
        for code, one in given.items():
            if isinstance(one, dict):
                field = {"type": one.get("type", "text"), "required": one.get("required") is True}
                if label := self._texts.text(one.get("name")):
                    field["label"] = label
                fields[str(code)] = field
        return fields

    def _handlers(self) -> Iterator[tuple[str, Any]]:
        for code, one in block(self._manifest, "salesbot_designer").items():
            if not isinstance(one, dict):
                continue
            handler: dict[str, Any] = {}
            if name := self._texts.text(one.get("name")):
                handler["name"] = name
            if isinstance(fields := one.get("settings"), dict):
                handler["fields"] = dict(self._handler_fields(fields))
            yield str(code), handler

    def _handler_fields(self, fields: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        for code, one in fields.items():
            if isinstance(one, dict):
                field = {"type": one.get("type", "text"), "manual": one.get("manual") is True}
                for key, into in (("name", "label"), ("default_value", "default_value")):
                    if text := self._texts.text(one.get(key)):
                        field[into] = text
                yield str(code), field
