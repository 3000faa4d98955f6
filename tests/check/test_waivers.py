"""A team's waivers."""

from pathlib import Path

import pytest

from scaffold import waivers
from scaffold.errors import ScaffoldError
from scaffold.lint import Waiver


def test_waivers_are_read(tmp_path: Path):
    (tmp_path / "w.toml").write_text(
        '[[waive]]\ncode = "C1"\npath = "*.css"\nreason = "ours"\n[[waive]]\ncode = "A"\nreason = "known"\n'
    )
    assert waivers.load(tmp_path / "w.toml") == (Waiver("C1", "ours", "*.css"), Waiver("A", "known"))


FAULTS = [
    ("no-reason", '[[waive]]\ncode = "C1"', ("waiver 1: `reason` is missing",)),
    ("empty-code", '[[waive]]\ncode = ""\nreason = "x"', ("waiver 1: `code` is missing",)),
    ("number", '[[waive]]\ncode = 1\nreason = "x"', ("waiver 1: `code` is not a text",)),
    ("key", '[[waive]]\ncode = "A"\nreason = "x"\nfile = "y"', ("waiver 1: `file` is not known",)),
    ("section", "[ignore]", ("`ignore` is not known, only [[waive]] is",)),
    ("table", '[waive]\ncode = "A"', ("`waive` is not a list, write [[waive]]",)),
    ("all-at-once", '[[waive]]\n[[waive]]\ncode = "A"', (
        "waiver 1: `code` is missing", "waiver 1: `reason` is missing", "waiver 2: `reason` is missing",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("text", "details"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_every_fault_is_told_at_once(tmp_path: Path, text: str, details: tuple[str, ...]):
    (tmp_path / "w.toml").write_text(text)
    with pytest.raises(ScaffoldError) as error:
        waivers.load(tmp_path / "w.toml")
    assert error.value.details == details


@pytest.mark.parametrize("data", [b"[[waive", b"\xff"], ids=["not-toml", "not-utf8"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes):
    (tmp_path / "w.toml").write_bytes(data)
    with pytest.raises(ScaffoldError, match="cannot read"):
        waivers.load(tmp_path / "w.toml")


@pytest.mark.parametrize("home", [".", "project"], ids=["in-the-folder", "one-up"])
def test_the_file_is_found(tmp_path: Path, home: str):
    widget = tmp_path / "project" / "widget" if home == "project" else tmp_path / "project"
    widget.mkdir(parents=True)
    file = tmp_path / "project" / waivers.FILE
    file.write_text("")
    assert waivers.find(widget) == file
    (widget / "widget.zip").write_bytes(b"")
    assert waivers.find(widget / "widget.zip") == file


def test_without_a_file_there_are_no_waivers(tmp_path: Path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert waivers.find(tmp_path / "a" / "b") is None
