"""A check of any files ends with findings: no rule relies on the shape of a value."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.check.engine import lint
from scaffold.check.findings import Finding
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree
from tests.check.areas import PARTS
from tests.check.edits import edited

EVERYTHING = edited("\n".join(f"* with {part}" for part in PARTS)).tree
CONTEXTS = st.builds(Context, st.sampled_from(["private", "public"]), st.sampled_from(["kommo", "amocrm"]))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.floats()
    | st.sampled_from(["", " ", "\n", "a.b", "é"])
)
VALUES = (
    SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(st.sampled_from(["", "a", "name"]), SCALARS)
)
JSON_FILES = ["manifest.json", "i18n/en.json"]


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the path of every value in a document."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
    )
    return [path, *(inner for key, member in members for inner in paths(member, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """Return the document with another value at `path`."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@settings(max_examples=150)
@given(st.data(), st.sampled_from(JSON_FILES), VALUES, CONTEXTS)
def test_any_value_in_any_place_can_be_checked(
    data: st.DataObject, file: str, value: Any, context: Context
) -> None:
    document = json.loads(EVERYTHING[file])
    place = data.draw(st.sampled_from(paths(document)))
    files = EVERYTHING | {file: json.dumps(replaced(document, place, value)).encode()}
    findings = lint(Widget(Archive(files)), context)
    assert all(isinstance(finding, Finding) for finding in findings)


@settings(max_examples=60)
@given(st.sampled_from(sorted(EVERYTHING)), st.binary(max_size=40), st.integers(0, 900), CONTEXTS)
def test_any_damaged_file_can_be_checked(file: str, patch: bytes, at: int, context: Context) -> None:
    whole = EVERYTHING[file]
    files = EVERYTHING | {file: whole[:at] + patch + whole[at + len(patch) :]}
    findings = lint(Widget(Archive(files)), context)
    assert all(isinstance(finding, Finding) for finding in findings)


@settings(max_examples=60)
@given(st.sets(st.sampled_from(sorted(EVERYTHING))), CONTEXTS)
def test_any_files_may_be_missing(missing: set[str], context: Context) -> None:
    files = Tree({path: data for path, data in EVERYTHING.items() if path not in missing})
    codes = {finding.code for finding in lint(Widget(Archive(files)), context)}
    assert ("A101" in codes) is ("manifest.json" in missing)
