"""The record of a project, in the current format and in that of version 0.1."""

from pathlib import Path

import pytest

from scaffold.errors import ScaffoldError
from scaffold.project import layout, pristine, reading, record, state
from scaffold.project.state import Packed, State
from tests.cases import BY_NAME
from tests.hosting import write

RELEASED = Path(__file__).parent.parent / "grow" / "released"


@pytest.mark.parametrize(
    "given",
    [
        State(version="1.2.3"),
        State(version="1.2.3", widget=".", adopted=True),
        State(version="1.2.3", packed=Packed("2.0.0", "0" * 64)),
    ],
)
def test_a_state_is_read_as_it_was_written(given: State) -> None:
    assert state.parse(given.dump(), "state.json") == given


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "state.json has a fault"),
        ("[]", "state.json has no valid `format`"),
        ('{"format": true}', "state.json has no valid `format`"),
        ('{"format": 2, "widget": "../elsewhere"}', 'state.json: `widget` must be "widget" or "."'),
    ],
)
def test_an_invalid_state_is_refused(text: str, message: str) -> None:
    with pytest.raises(ScaffoldError) as refused:
        state.parse(text.encode(), "state.json")
    assert refused.value.message == message
    assert refused.value.hint


@pytest.mark.parametrize("name", ["minimal", "widget-php"])
def test_the_layout_of_version_0_1_is_read(name: str) -> None:
    read = record.read(RELEASED / name)
    assert read.state == State(format=1)
    made = BY_NAME[name].tree
    assert {path for path in read.pristine.paths() if "/images/" not in path} >= {
        "README.md",
        "jsconfig.json",
    }
    assert read.pristine.digests.keys() == {p for p in read.pristine.paths() if p.endswith(".png")}
    assert set(made) <= set(read.pristine.paths())


def test_a_newer_record_is_refused(tmp_path: Path) -> None:
    made = {
        layout.ANSWERS: b"areas: []\n",
        **record.files({}, State(format=state.FORMAT + 1, version="9.0.0")),
    }
    write(made, tmp_path)  # type: ignore[arg-type]
    with pytest.raises(ScaffoldError, match=r"a newer kommo-widget \(9.0.0\) wrote the record"):
        record.read(tmp_path)


def test_a_record_without_the_pristine_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / layout.FOLDER).mkdir()
    with pytest.raises(ScaffoldError, match="is not a project"):
        record.read(tmp_path)
    (tmp_path / layout.ANSWERS).write_text("areas: []\n")
    with pytest.raises(ScaffoldError, match="the copy of what was generated"):
        record.read(tmp_path)


@pytest.mark.parametrize(("given", "folder"), [(State(), "widget"), (State(widget="."), ".")])
def test_the_state_names_the_folder_of_the_widget(tmp_path: Path, given: State, folder: str) -> None:
    write(record.files({}, given), tmp_path)  # type: ignore[arg-type]
    assert reading.widget_folder(tmp_path) == tmp_path / folder


def test_new_writes_a_record_that_can_be_read(tmp_path: Path) -> None:
    from scaffold.generate.build import build, make

    answers = BY_NAME["minimal"].answers
    write(build(answers), tmp_path)
    assert record.read(tmp_path).pristine == pristine.of(make(answers))
    assert (tmp_path / layout.ATTRIBUTES).is_file()
