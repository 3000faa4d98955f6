"""The facts about the widget that every overlay template can use, besides its own variables."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from scaffold import __version__
from scaffold.files.tree import Tree
from scaffold.generate.answers import dump
from scaffold.generate.answers.record import Answers
from scaffold.kommo import callbacks
from scaffold.kommo.areas import AREAS

Manifest = dict[str, Any]


class Fact(NamedTuple):
    """A name in the context: `{{ cookiecutter.code }}`."""

    name: str
    meaning: str
    value: Callable[[Answers, Manifest], Any]


def _callbacks(answers: Answers, _: Manifest) -> list[str]:
    areas = [area for area in AREAS if answers.has(area.code)]
    return list(dict.fromkeys((*callbacks.ALWAYS, *(name for area in areas for name in area.callbacks))))


def _texts(answers: Answers, _: Manifest) -> dict[str, Any]:
    return {
        locale: {
            "name": answers.name[locale],
            "short_description": answers.short_description[locale],
            "description": answers.description[locale],
        }
        for locale in answers.locales
    }


def _plain(answers: Answers, _: Manifest) -> dict[str, Any]:
    return {key: value for key, value in dump.plain(answers).items() if key not in ("template", "logo")}


FACTS: tuple[Fact, ...] = (
    Fact("code", "code of the widget: `acme_leads`", lambda a, _: a.code),
    Fact("name", "its name, in the first locale", lambda a, _: a.name[a.locales[0]]),
    Fact(
        "short_description",
        "its short description, in the first locale",
        lambda a, _: a.short_description[a.locales[0]],
    ),
    Fact("description", "its description, in the first locale", lambda a, _: a.description[a.locales[0]]),
    Fact("texts", "these three by locale: `texts.en.name`", _texts),
    Fact("version", "version of the widget: `1.0.0`", lambda a, _: a.version),
    Fact("platform", "`kommo` or `amocrm`", lambda a, _: a.platform),
    Fact("public", "whether it is a public integration", lambda a, _: a.public),
    Fact("locales", "list of its locales: `en`, `es`", lambda a, _: list(a.locales)),
    Fact("areas", "list of its areas as in the manifest: `lcard-1`", lambda a, _: list(map(str, a.areas))),
    Fact("area_codes", "list of its areas without suffix: `lcard`", lambda a, _: list(a.codes)),
    Fact("callbacks", "list of the callbacks that script.js has: `render`", _callbacks),
    Fact(
        "backend",
        "who runs the back end: `self_hosted`, `widget_php`, or empty without one",
        lambda a, _: a.digital_pipeline.backend if a.digital_pipeline else "",
    ),
    Fact("manifest", "`widget/manifest.json` as data: `manifest.widget.version`", lambda _, m: m),
    Fact("answers", "all answers, as in the answers file: `answers.support.email`", _plain),
    Fact("kommo_widget", "version of kommo-widget that generates the widget", lambda *_: __version__),
)

NAMES = frozenset(fact.name for fact in FACTS)


def facts(answers: Answers, made: Tree) -> dict[str, Any]:
    """Return the facts by name; `made` is the project without the template."""
    manifest = json.loads(made.text("widget/manifest.json"))
    return {fact.name: fact.value(answers, manifest) for fact in FACTS}
