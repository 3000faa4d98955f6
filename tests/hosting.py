"""Takes generated widgets through the fake CRM of `host/`, many in one node process."""

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

CODE = "uK7_given_at_upload"
"""What the CRM calls the widget: the code is made at upload, and is another one than that of the answers."""


def write(tree: Tree, folder: Path) -> Path:
    """Write a tree into `folder`, which may not be there yet, and return it."""
    for path, data in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


def job(answers: Answers, project: Path, *, hostile: bool = False) -> dict[str, Any]:
    """Return what `host/run.js` does with a widget: a visit to each area, and to the installation window."""
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
        "entity": area.entity or "leads",
        "card": area.group is Group.CARDS,
        "list": area.group is Group.LISTS and bool(area.entity),
    }


def run(jobs: Sequence[dict[str, Any]], host: str = "run.js") -> list[Any]:
    """Return the report of each job: by locale, what the host saw."""
    done = node(f"host/{host}", stdin=json.dumps(jobs))
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def node(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script of this folder in node."""
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
