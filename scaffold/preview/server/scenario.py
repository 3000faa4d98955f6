"""The state that a preview shows the widget in: its code, the user, saved settings, rows of the account.

Read from `.kommo-widget/preview.yml` of a project, or from the file that `--data` names:

    code: my_widget          # the widget's code on the platform
    user: member             # admin or member
    language: es
    status: installed        # installed, install or not_configured
    settings: {greeting: Hello}
    latency: 300             # milliseconds before each answer of the API
    contacts: 300            # how many contacts the account has
    addresses: ["http://127.0.0.1:8080"]   # where sample requests may be sent
    account:
      leads: [{name: Big deal, price: 5000}]
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scaffold.documents import yamldoc
from scaffold.documents.node import Node
from scaffold.documents.parse_error import DocumentError
from scaffold.errors import ScaffoldError
from scaffold.files.bounded import read_bytes
from scaffold.kommo.limits import CODE_PATTERN
from scaffold.preview.api.load import TABLES

MAX_BYTES = 4 * 1024 * 1024

USERS = ("admin", "member")
STATUSES = ("installed", "install", "not_configured")
LATENCY_MAX_MS = 60_000
CONTACTS_MAX = 5_000


@dataclass(slots=True)
class Scenario:
    """The state of the fake account."""

    code: str = ""
    """The widget's code on the platform; empty: one derived from the project's (`platform_code`)."""
    user: str = USERS[0]
    language: str = ""
    """Empty: the widget's first language."""
    status: str = STATUSES[0]
    settings: dict[str, Any] = field(default_factory=dict)
    """Field -> saved value; other fields have sample values."""
    latency: int = 0
    """Milliseconds before each answer of the fake API."""
    contacts: int = 3
    """Number of contacts in the account."""
    addresses: list[str] = field(default_factory=list)
    """Addresses that sample requests may go to, in addition to those in the manifest."""
    account: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Table -> rows, in the shapes of the REST API."""


def platform_code(code: str) -> str:
    """Return the code that a widget has in the preview, which differs from the project's.

    The platform assigns the code at upload, and a widget must read it at run time; a widget that relies on
    its own name fails here. The same project gets the same code each time. Capitals after the first letter
    are allowed: <https://developers.kommo.com/docs/get-started-public> (2026-06-03).
    """
    return f"wX{hashlib.sha256(code.encode()).hexdigest()[:8]}"


def read(path: Path) -> Scenario:
    """Return the scenario in a YAML or JSON file. Raises ScaffoldError with every fault in it."""
    try:
        root = yamldoc.parse(read_bytes(path, MAX_BYTES).decode())
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise ScaffoldError(
            f"cannot read {path}: {reason.lower()}", "give another file with --data"
        ) from error
    except DocumentError as error:
        raise _faulty(path, [f"{path}:{error.line}:{error.column}: {error.message}"]) from error
    if root is None:
        return Scenario()
    faults = [f"{path}:{node.line}:{node.column}: {message}" for node, message in _faults(root)]
    if faults:
        raise _faulty(path, faults)
    return Scenario(**root.plain())


def _faulty(path: Path, faults: list[str]) -> ScaffoldError:
    count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
    return ScaffoldError(f"{path} has {count}", "the keys: " + ", ".join(_CHECKS), tuple(faults))


def _faults(root: Node) -> list[tuple[Node, str]]:
    if not isinstance(root.value, dict):
        return [(root, "must be a mapping")]
    found = []
    for key, node in root.items():
        check = _CHECKS.get(key)
        if check is None:
            found.append((node, f"unknown key `{key}`"))
        elif message := check(node.plain()):
            found.append((node, f"`{key}` {message}"))
    return found


def _one_of(*allowed: str) -> Any:
    return lambda value: "" if value in allowed else f"must be one of {', '.join(allowed)}"


def _number(low: int, high: int) -> Any:
    def check(value: Any) -> str:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return "" if is_number and low <= value <= high else f"must be a whole number from {low} to {high}"

    return check


def code_fault(value: Any) -> str:
    """Return why a value cannot be a code of the platform; empty if it can."""
    is_code = isinstance(value, str) and CODE_PATTERN.fullmatch(value.lower()) and value[0].islower()
    return "" if is_code else "must be Latin letters, digits and _, beginning with a lower-case letter"


def _texts(value: Any) -> str:
    is_list = isinstance(value, list) and all(isinstance(item, str) for item in value)
    return "" if is_list else "must be a list of strings"


def _account(value: Any) -> str:
    if not isinstance(value, dict):
        return "must be a mapping of tables to rows"
    unknown = [str(name) for name in value if name not in TABLES]
    if unknown:
        return f"has no table {', '.join(unknown)}; the tables: {', '.join(TABLES)}"
    for name, rows in value.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            return f"must have a list of rows under {name}"
    return ""


_CHECKS: dict[str, Any] = {
    "code": code_fault,
    "user": _one_of(*USERS),
    "language": lambda value: "" if isinstance(value, str) else "must be a string",
    "status": _one_of(*STATUSES),
    "settings": lambda value: "" if isinstance(value, dict) else "must be a mapping of fields to values",
    "latency": _number(0, LATENCY_MAX_MS),
    "contacts": _number(0, CONTACTS_MAX),
    "addresses": _texts,
    "account": _account,
}
"""Key -> a function that returns what is wrong with its value; empty if nothing is."""
