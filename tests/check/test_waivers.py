"""Reading a team's waivers, and finding their file."""

from pathlib import Path

import pytest

from scaffold.check import waivers
from scaffold.check.findings import Severity
from scaffold.check.rules import all_rules
from scaffold.check.waivers import Waiver
from scaffold.errors import ScaffoldError


def test_waivers_are_read(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text(
        '[[check.waivers]]\ncode = "A12"\npath = "*.css"\nreason = "ours"\n'
        '[[check.waivers]]\ncode = "M"\nreason = "known"\n'
    )
    assert waivers.load(tmp_path / "w.toml") == (Waiver("A12", "ours", "*.css"), Waiver("M", "known"))


def test_a_file_without_waivers_has_none(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text("")
    assert waivers.load(tmp_path / "w.toml") == ()


UNWAIVABLE = (
    "A101 A102 A110 A111 A113 A114 A115 A116 A121 A124 A126 G101 I101 I102 I104 I105 I106 I108 "
    "M101 M102 M103 M105 M110"
)
"""The archive cannot be uploaded or read, or has a file that is not the one that was meant."""


def test_only_what_makes_the_archive_unusable_cannot_be_waived() -> None:
    rules = {rule.code: rule for rule in all_rules() if not rule.waivable}
    assert " ".join(rules) == UNWAIVABLE
    assert all(set(rule.severities.values()) == {Severity.ERROR} for rule in rules.values())


ONE = '[[check.waivers]]\ncode = "A101"\nreason = "x"\n'

FAULTS = [
    ("no-reason", '[[check.waivers]]\ncode = "A1"\n', ("the waiver has no `reason`",)),
    (
        "empty-code",
        '[[check.waivers]]\ncode = ""\nreason = "x"\n',
        ("`code` must be a non-empty string",),
    ),
    ("number", '[[check.waivers]]\ncode = 1\nreason = "x"\n', ("`code` must be a non-empty string",)),
    ("no-rule", '[[check.waivers]]\ncode = "Z9"\nreason = "x"\n', ("unknown rule code `Z9`",)),
    ("key", f'{ONE}file = "y"\n', ("unknown key `file`",)),
    ("section", "[ignore]\n", ("unknown key `ignore`",)),
    ("table", '[check.waivers]\ncode = "A"\n', ("`waivers` must be a list of tables",)),
    ("not-toml", "[[check", ("not valid TOML: expected ']]'",)),
    (
        "all-at-once",
        '[[check.waivers]]\n[[check.waivers]]\ncode = "A"\n',
        ("the waiver has no `code`", "the waiver has no `reason`", "the waiver has no `reason`"),
    ),
]


@pytest.mark.parametrize(("text", "messages"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_every_fault_is_reported_at_once_with_its_place(
    tmp_path: Path, text: str, messages: tuple[str, ...]
) -> None:
    file = tmp_path / "w.toml"
    file.write_text(text)
    with pytest.raises(ScaffoldError) as error:
        waivers.load(file)
    details = error.value.details
    assert len(details) == len(messages)
    for detail, message in zip(details, messages, strict=True):
        assert detail.startswith(f"{file}:")
        assert message in detail


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_bytes(b"\xff")
    with pytest.raises(ScaffoldError, match="cannot read"):
        waivers.load(tmp_path / "w.toml")


@pytest.mark.parametrize("home", [".", "project"], ids=["in-the-folder", "one-up"])
def test_the_file_is_found(tmp_path: Path, home: str) -> None:
    widget = tmp_path / "project" / "widget" if home == "project" else tmp_path / "project"
    widget.mkdir(parents=True)
    file = tmp_path / "project" / waivers.FILE
    file.write_text("")
    assert waivers.find(widget) == file
    (widget / "widget.zip").write_bytes(b"")
    assert waivers.find(widget / "widget.zip") == file


@pytest.mark.parametrize("target", [".", "widget.zip"])
def test_the_file_is_found_from_inside_the_widget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    (tmp_path / "widget").mkdir()
    (tmp_path / "widget" / "widget.zip").write_bytes(b"")
    (tmp_path / waivers.FILE).write_text("")
    monkeypatch.chdir(tmp_path / "widget")
    found = waivers.find(Path(target))
    assert found is not None
    assert found.resolve() == tmp_path / waivers.FILE


def test_without_a_file_there_are_no_waivers(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert waivers.find(tmp_path / "a" / "b") is None
