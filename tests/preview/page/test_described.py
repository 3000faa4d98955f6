"""The description of the CRM's objects, kommo.d.ts, and the two imitations that must match it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests import hosting
from tests.cases import BY_NAME
from tests.preview.page.conftest import Play

DESCRIBE = """paths => Object.fromEntries(paths.map((path) => {
  const roots = { self: APP.widgets.list.probe, APP };
  const value = path.split('.').reduce((object, key) => object?.[key], roots);
  return [path, value === undefined ? null : { type: typeof value, most: value?.length ?? 0 }];
}))"""


@cache
def declared() -> dict[str, dict[str, Any]]:
    """Return the members that the types declare, by path: whether they are methods, and their arity."""
    done = hosting.node("typescript/members.js", stdin=BY_NAME["all-areas"].tree.text("types/kommo.d.ts"))
    assert done.returncode == 0, done.stderr
    return {member["path"]: member for member in json.loads(done.stdout)}


def faults(found: dict[str, Any]) -> list[str]:
    """Return what a CRM lacks of the declared members, and what it requires in addition."""
    wrong = []
    for path, member in declared().items():
        has = found[path]
        if has is None:
            wrong.append(f"{path} is missing")
        elif member["method"] != (has["type"] == "function"):
            wrong.append(f"{path} is of type {has['type']}")
        elif member["method"] and has["most"] > member["most"] and ".model." not in path:  # Backbone's own
            wrong.append(f"{path} takes {has['most']} arguments, not {member['most']}")
    return wrong


def test_the_declarations_are_parsed() -> None:
    assert {"self.render", "self.crm_post", "APP.sdk.showUserStatus", "APP.data.current_card.id"} <= set(
        declared()
    )
    assert declared()["self.crm_post"]["most"] == 5


def test_the_preview_has_what_the_types_declare(play: Play) -> None:
    played = play(locations=["lcard-1"])
    played.show("lcard")
    assert faults(played.inside(DESCRIBE, list(declared()))) == []


def test_the_crm_of_the_tests_has_exactly_the_declared_members(tmp_path: Path) -> None:
    case = BY_NAME["all-areas"]
    job = {
        "folder": str(hosting.write(case.tree, tmp_path) / "widget"),
        "code": "uK7",
        "paths": list(declared()),
    }
    done = hosting.node("host/members.js", stdin=json.dumps(job))
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert faults(answer["found"]) == []
    ours = {path.removeprefix("self.") for path in declared() if path.startswith("self.")}
    assert set(answer["own"]) == {name for name in ours if "." not in name}


def test_missing_members_are_reported() -> None:
    found: dict[str, Any] = {
        path: {"type": "function" if row["method"] else "object", "most": 0}
        for path, row in declared().items()
    }
    found |= {
        "self.render": None,
        "APP.isCard": {"type": "function", "most": 1},
        "self.system": {"type": "object", "most": 0},
    }
    assert faults(found) == [
        "self.system is of type object", "self.render is missing", "APP.isCard takes 1 arguments, not 0",
    ]  # fmt: skip
