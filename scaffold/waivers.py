"""A team's waivers: findings it accepts, each with a reason, in `.kommo-widget.toml` beside the widget.

[[waive]]
code = "C101"
path = "style.css"     # a glob; left out: every file
reason = "the page is ours alone"
"""

import tomllib
from pathlib import Path
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.lint import Waiver

FILE = ".kommo-widget.toml"
_KEYS = frozenset({"code", "path", "reason"})


def find(target: Path) -> Path | None:
    """Return the file that speaks for `target`: in the folder, beside the zip, or one folder up."""
    folder = target if target.is_dir() else target.parent
    return next((at / FILE for at in (folder, folder.parent) if (at / FILE).is_file()), None)


def load(path: Path) -> tuple[Waiver, ...]:
    """Read the file. Raises ScaffoldError that names every fault in it."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScaffoldError(f"cannot read {path}: {str(error).lower()}") from error
    entries = document.get("waive", [])
    faults = [f"`{key}` is not known, only [[waive]] is" for key in document if key != "waive"]
    if not isinstance(entries, list):
        entries, faults = [], [*faults, "`waive` is not a list, write [[waive]]"]
    for number, entry in enumerate(entries, 1):
        faults += [f"waiver {number}: {fault}" for fault in _faults(entry)]
    if faults:
        raise ScaffoldError(f"faults in {path}: {len(faults)}", "give code and reason", tuple(faults))
    return tuple(Waiver(entry["code"], entry["reason"], entry.get("path", "*")) for entry in entries)


def _faults(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return ["is not a table"]
    faults = [f"`{key}` is missing" for key in ("code", "reason") if not entry.get(key)]
    faults += [f"`{key}` is not a text" for key, value in entry.items() if not isinstance(value, str)]
    return faults + [f"`{key}` is not known" for key in entry if key not in _KEYS]
