"""One preview: the widget, the fake account, and what the routes share."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.preview.api.load import load
from scaffold.preview.api.memory import Memory
from scaffold.preview.keys import Keys
from scaffold.preview.sending.addresses import Addresses
from scaffold.preview.sending.widget_server import WidgetServer
from scaffold.preview.server.editor import EDITORS, USUAL
from scaffold.preview.server.scenario import Scenario
from scaffold.preview.server.state import State
from scaffold.preview.server.watch import Hub
from scaffold.preview.widget_source import Source


@dataclass(frozen=True, slots=True)
class Preview:
    """One preview: what its handlers share."""

    source: Source
    state: State
    memory: Memory
    hub: Hub
    libraries: Path
    """The `node_modules` that holds the libraries."""
    say: Callable[[str], None]
    """Prints one line on the terminal."""
    addresses: Addresses
    """Which addresses sample requests may go to."""
    server: WidgetServer
    """The widget's own server."""
    keys: Keys
    """The secrets that give access to it."""
    stage: list[str] = field(default_factory=list)
    """The origin that the widget runs on; set when the server listens."""
    options: tuple[str, ...] = ()
    """Command-line options other than folder and port, to start the same preview again."""
    start: list[str] = field(default_factory=list)
    """The command that starts it again on the same port; set when the server listens."""
    editor: str = EDITORS[USUAL]
    """URL template that opens a file, with `{file}`, `{line}` and `{column}`; empty for no links."""


def preview_of(
    source: Source, libraries: Path, say: Callable[[str], None], scenario: Scenario | None = None
) -> Preview:
    """Return a preview of a widget, with a fake account that holds the seed data and the scenario's rows.

    Raises ScaffoldError if the account refuses rows of the scenario.
    """
    scenario = scenario or Scenario()
    state = State(source, scenario)
    keys = Keys()
    memory = Memory(lambda: int(time.time()), state.api_model, scenario.contacts, keys)
    refused = load(memory, scenario.account)
    if refused:
        raise ScaffoldError("the account refuses rows of the preview's data", "", tuple(refused))
    memory.sign_in(admin=scenario.user == "admin")
    addresses = Addresses(source, scenario.addresses)
    server = WidgetServer(source, state.platform, addresses, memory.clock, say, keys)
    return Preview(source, state, memory, Hub(), libraries, say, addresses, server, keys)
