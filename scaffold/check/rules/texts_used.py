"""I140: texts that scripts and templates use."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.outline import Use
from scaffold.check.model.places import Place
from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import Widget
from scaffold.check.rules.loading import loaded_scripts
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.text_lookup import find_text, groups_of, readable_texts

_KEY = re.compile(r"\w+(?:\.\w+)*")


@rule("I140", "unknown-text", Severity.WARNING, requires=("A124",))
def unknown_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown text key in a script or template.

    What:
        A script reads a text that no locale file has: with `self.i18n('a.b')`, `self.i18n('a').b` or
        `self.langs.a.b`, or with a function of its own that passes its argument on to `i18n`. The same
        applies to a template that reads a text from a group passed to it, such as `{{ text.title }}`. If the
        name of the text is computed, as in `'errors.' + code`, its group is checked. A missing text or group
        is reported once, where it is first read. Scripts that set their texts themselves are not checked.
    Why:
        Users see an empty space.
    Source:
        https://developers.kommo.com/docs/i18n
        https://developers.kommo.com/docs/script-js
    Bad:
        script.js
            self.title = self.i18n('widget.nmae');
    Good:
        script.js
            self.title = self.i18n('widget.name');
    """
    files = readable_texts(widget)
    outlines = [(path, seen) for path in loaded_scripts(widget) if (seen := widget.outline(path))]
    if not files or any(seen.calls("set_lang") for _, seen in outlines):
        return
    reported: set[str] = set()
    for path, place in _used_texts(widget):
        key = place.text.removesuffix(".")
        if not _KEY.fullmatch(key) or any(find_text(texts, key) for texts in files):
            continue
        outermost = next(part for part in (*groups_of(key), key) if not _has(files, part))
        if outermost not in reported:
            reported.add(outermost)
            yield _unknown(path, place, key, outermost)


def _has(files: list[Texts], part: str) -> bool:
    return any(find_text(texts, part) for texts in files)


def _unknown(path: str, place: Place, key: str, outermost: str) -> Problem:
    if place.text.endswith("."):
        hint = "add the group to each file in i18n, or correct its name"
        return Problem(path, f"no locale has the group `{outermost}`", hint, place)
    what = f"the text `{key}`" if outermost == key else f"the group `{outermost}`, and so not `{key}`"
    hint = f"add `{key}` to each file in i18n, or correct the key"
    return Problem(path, f"no locale has {what}", hint, place)


def _used_texts(widget: Widget) -> Iterator[tuple[str, Place]]:
    """Yield the keys that are used, those in scripts first."""
    scripts = loaded_scripts(widget)
    for path in scripts:
        seen = widget.outline(path)
        if seen and not seen.errors:
            yield from ((path, place) for place in (*seen.texts, *seen.used(Use.TEXT_READ)))
    for path in scripts:
        seen = widget.outline(path)
        for use in seen.templates if seen else ():
            twig = widget.twig(use.path)
            for name, rest, place in twig.accesses() if twig else ():
                if name in use.groups:
                    yield use.path, place._replace(text=f"{use.groups[name]}.{rest}")
