"""Widgets that were made elsewhere: where what is generated belongs in them."""

from collections.abc import Mapping

from scaffold.project import layout
from scaffold.project.state import State

_OURS = (f"{layout.WIDGET}/", "backend/")
"""What an adopted project takes of what is generated: no README, no settings of an editor."""


def placed(made: Mapping[str, bytes], said: State) -> dict[str, bytes]:
    """Return generated files at their paths in an adopted project.

    Where the project is the widget's own folder there is no place for a back end, which the archive would
    take along.
    """
    ours = {path: data for path, data in made.items() if path.startswith(_OURS)}
    if said.widget == layout.WIDGET:
        return ours
    prefix = _OURS[0]
    return {path.removeprefix(prefix): data for path, data in ours.items() if path.startswith(prefix)}
