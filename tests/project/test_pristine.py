"""The pristine record: any text is read as it was written, and git can merge the file."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import ScaffoldError
from scaffold.project import pristine

NAME = ".kommo-widget/pristine.txt"

LINES = st.lists(
    st.sampled_from(
        ["", "|", "=== other.js", "# x", "sha256 00", "<<<<<<< ours", "=======", ">>>>>>> b", " a "]
    )
)


@given(st.dictionaries(st.sampled_from(["a.js", "b/c.css", "+x", "# y"]), LINES.map("\n".join)))
def test_texts_are_read_as_they_were_written(files: dict[str, str]) -> None:
    kept = pristine.of({path: text.encode() for path, text in files.items()})
    assert pristine.parse(pristine.dump(kept), NAME) == kept
    assert all(kept.has(path, text.encode()) for path, text in files.items())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a", "a\n"),
        (b"a\r\nb\r\n", "a\nb\n"),
        (b"\xef\xbb\xbfa\n", "a\n"),
        (b"\n", "\n"),
        (b"a\rb", None),
        (b"a\0b", None),
        (b"\xff", None),
    ],
)
def test_a_text_is_kept_without_its_line_ends_and_byte_order_mark(data: bytes, text: str | None) -> None:
    assert pristine.text_of(data) == text
    kept = pristine.of({"a": data})
    assert pristine.parse(pristine.dump(kept), NAME) == kept
    assert kept.has("a", data)
    assert not kept.has("a", data + b"more")
    assert not kept.has("b", data)


def test_the_file_has_the_documented_format() -> None:
    kept = pristine.of({"README.md": b"# Acme\n\n", "widget/images/logo.png": b"\x89PNG\r\n\x1a\n\0"})
    assert pristine.dump(kept).decode().splitlines()[2:] == [
        "=== README.md",
        "|# Acme",
        "|",
        "=== widget/images/logo.png",
        f"sha256 {kept.digests['widget/images/logo.png']}",
    ]


def test_a_checkout_with_crlf_reads_the_same() -> None:
    kept = pristine.of({"a.js": b"one\ntwo\n"})
    assert pristine.parse(pristine.dump(kept).replace(b"\n", b"\r\n"), NAME) == kept


@pytest.mark.parametrize(("line", "number"), [("what", 3), ("|text before any file", 3), ("sha256 00", 3)])
def test_an_invalid_line_is_refused_with_its_number(line: str, number: int) -> None:
    head = "\n".join(pristine.dump(pristine.of({})).decode().splitlines())
    with pytest.raises(ScaffoldError, match=rf"{NAME}:{number}: "):
        pristine.parse(f"{head}\n{line}\n".encode(), NAME)


def git(folder: Path, *args: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@t.test", *args],
        cwd=folder, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout


def test_git_merges_additions_of_two_branches(tmp_path: Path) -> None:
    from scaffold.project import layout, record
    from scaffold.project.state import State

    def write(**files: str) -> None:
        made = {path.replace("_", "."): text.encode() for path, text in files.items()}
        for path, data in record.files(made, State()).items():
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(data)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", "x")

    rest = "".join(f"line {number}\n" for number in range(9))
    git(tmp_path, "init", "-q", "-b", "main")
    write(a_js=f"one\n{rest}", z_js="z\n")
    git(tmp_path, "switch", "-q", "-c", "other")
    write(a_js=f"one\nleft\n{rest}", b_js="b\n", z_js="z\n")
    git(tmp_path, "switch", "-q", "main")
    write(a_js=f"one\nright\n{rest}", c_js="c\n", z_js="z\n")
    git(tmp_path, "merge", "-q", "other")
    merged = pristine.parse((tmp_path / layout.PRISTINE).read_bytes(), NAME)
    assert merged.texts.keys() == {"a.js", "b.js", "c.js", "z.js"}
    assert sorted(merged.texts["a.js"].split()) == sorted(["left", "one", "right", *rest.split()])


def test_an_unresolved_conflict_is_read_as_its_first_side() -> None:
    text = "=== a.js\n|one\n<<<<<<< ours\n|left\n||||||| base\n=======\n|right\n>>>>>>> theirs\n|two\n"
    assert pristine.parse(text.encode(), NAME).texts == {"a.js": "one\nleft\ntwo\n"}


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", ".git/config", "a\x1b[2Jb", "a\u202eb"])
def test_a_file_outside_the_project_is_refused(path: str) -> None:
    with pytest.raises(ScaffoldError, match="has invalid paths"):
        pristine.parse(f"=== {path}\n|a\n".encode(), NAME)
