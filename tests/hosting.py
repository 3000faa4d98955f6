"""Runs generated widgets in the fake CRM of `host/`, and other programs for node."""

import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from scaffold.files.tree import Tree
from scaffold.generate.answers.record import Answers
from scaffold.kommo.area import Group
from scaffold.kommo.areas import BY_CODE

HERE = Path(__file__).parent
"""The folder `tests/`."""

CODE = "uK7_given_at_upload"
"""The widget's code in the CRM, which makes one at the upload: not the code in the answers."""


def write(tree: Tree, folder: Path) -> Path:
    """Write a tree into `folder`, created if missing, and return the folder."""
    for path, data in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


def job(answers: Answers, project: Path, *, hostile: bool = False) -> dict[str, Any]:
    """Return the job of `host/run.js` for a widget: a visit to each area and to the installation window."""
    codes = dict.fromkeys((*answers.codes, "settings"))
    return {
        "folder": str(project / "widget"),
        "code": CODE,
        "ns": answers.code,
        "locales": answers.locales,
        "hostile": hostile,
        "visits": [_visit(code) for code in codes],
    }


def _visit(code: str) -> dict[str, Any]:
    area = BY_CODE[code]
    return {
        "area": code,
        "callbacks": area.callbacks if code != "settings" else ("settings", "onSave"),
        "with_arguments": [callback.name for callback in area.own_callbacks if callback.params],
        "entity": area.entity or "leads",
        "card": area.group is Group.CARDS,
        "list": area.group is Group.LISTS and bool(area.entity),
    }


def run(jobs: Sequence[dict[str, Any]], host: str = "run.js") -> list[Any]:
    """Return the report of each job: what the host saw, by locale."""
    done = node(f"host/{host}", stdin=json.dumps(jobs))
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def node(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script of `tests/` in node."""
    return subprocess.run(
        ["node", *args], cwd=HERE, input=stdin, capture_output=True, encoding="utf-8", check=False
    )


def tsc(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the TypeScript compiler over a folder."""
    compiler = HERE / "node_modules/typescript/bin/tsc"
    return subprocess.run(
        ["node", str(compiler), *args], cwd=cwd, capture_output=True, encoding="utf-8", check=False
    )


def texts_of(dictionary: Any, path: str = "") -> Iterable[tuple[str, str]]:
    """Yield the dotted key and the text of every leaf of an i18n file."""
    if isinstance(dictionary, dict):
        for key, value in dictionary.items():
            yield from texts_of(value, f"{path}.{key}" if path else key)
    else:
        yield path, dictionary
