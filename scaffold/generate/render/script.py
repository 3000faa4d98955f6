"""script.js: the code that areas add to it, and the shared code that this uses."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from scaffold.generate.render.environment import environment
from scaffold.generate.render.overlays import Overlays
from scaffold.generate.render.styles import used_classes

_NAME = re.compile(
    r"""
    //[^\n]* | /\*.*?\*/                           # comments
    | '(?:[^'\\\n]|\\.)*' | "(?:[^"\\\n]|\\.)*"    # texts
    | (?<![\w$.]) (?P<name>[A-Za-z_$][\w$]*)       # names, but not those of members
    """,
    re.VERBOSE | re.DOTALL,
)

_HELPERS = (
    "ask", "errorText", "plural", "notifyError", "notify", "escapeHtml", "addStyle", "renderTwig",
    "whileHere", "leavePage", "filesUrl", "instanceName", "widgetCode", "texts",
)  # fmt: skip
"""Functions that areas may call, one file each in `base/parts/helpers/`; each before those that it calls."""

_DECLARED_BY: Mapping[str, tuple[str, ...]] = {"leavePage": ("onLeave", "visits")}
"""Helper -> other names that its file declares."""

_LAST = ("bind_actions", "destroy", "render")
"""Callbacks of the base whose code depends on what all others use."""


def names_in(code: str) -> frozenset[str]:
    """Return the names that JavaScript declares or uses, without members, comments and texts."""
    return frozenset(found["name"] for found in _NAME.finditer(code) if found["name"])


class Script:
    """The name `script` in the template of script.js."""

    def __init__(self, overlays: Overlays, context: Mapping[str, Any], callbacks: Iterable[str]) -> None:
        """Render the partials of the overlays for these callbacks; `context` are the templates' names."""
        self._overlays = overlays
        self._context = {**context, "script": self}
        self._parts: dict[str, list[str]] = {}
        own = "\n".join(
            text
            for name in ("parts/helpers", "parts/bind_actions", "parts/render",
                         *(f"callbacks/{name}" for name in callbacks if name not in _LAST))
            for text in self.parts(name)
        )  # fmt: skip
        self.draws = bool(used_classes([own]))
        """Whether it draws anything that needs style.css."""
        self.handles_events = bool(self.parts("parts/bind_actions"))
        """Whether an area has event handlers on the page."""
        self._names = set(names_in(own))
        base = self._base_helpers()
        # The last callbacks depend on what is used so far, and use more: addStyle, which needs leavePage,
        # which bind_actions then listens for.
        while not self._names.issuperset(used := names_in("\n".join(self._last_callbacks()))):
            self._names |= used
            base = self._base_helpers()
        self.helpers = "\n".join((*base, *self.parts("parts/helpers"))).rstrip()
        """The functions that the callbacks call: those of the base that are used, then the areas' own."""

    def parts(self, name: str) -> list[str]:
        """Return the rendered files `<name>.js.j2` of the overlays, such as `parts/init`; no blank ones."""
        if name not in self._parts:
            self._parts[name] = self._partials(name)
        return self._parts[name]

    def uses(self, name: str) -> bool:
        """Return whether the code uses `name`: a helper, `self`, a constant."""
        return name in self._names

    @property
    def modules(self) -> dict[str, str]:
        """The AMD modules that the code uses, by the name of their parameter."""
        named: dict[str, str] = {}
        for partial in self._overlays.partials("parts/modules.json"):
            named |= json.loads(self._overlays.read(partial))
        return {name: module for name, module in named.items() if self.uses(name)}

    def _last_callbacks(self) -> list[str]:
        return [text for name in _LAST for text in self._partials(f"callbacks/{name}")]

    def _base_helpers(self) -> list[str]:
        """Return the base's helpers that are used, each after those that it calls; what they use is used."""
        chosen: list[str] = []
        for name in _HELPERS:
            if any(map(self.uses, (name, *_DECLARED_BY.get(name, ())))):
                text = self._rendered(f"base/parts/helpers/{name}.js.j2")
                self._names |= names_in(text)
                chosen.insert(0, text)
        return chosen

    def _partials(self, name: str) -> list[str]:
        texts = map(self._rendered, self._overlays.partials(f"{name}.js.j2"))
        return [text for text in texts if text.strip()]

    def _rendered(self, template: str) -> str:
        return environment().get_template(template).render(self._context)
