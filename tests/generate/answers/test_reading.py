"""Answers files in three formats: the values that they have, and the faults that stop their reading."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.documents import tomldoc, yamldoc
from scaffold.errors import ScaffoldError
from scaffold.generate.answers.blocks import Catalogs
from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.reading import draft_of, read_source
from scaffold.generate.answers.validate import complete
from tests.generate.answers.asking import answers_of, faults_of

SAME = {
    ".yml": 'code: acme\nname: "Acme \\"1\\""\nareas: [catalogs, settings]\ncatalogs: {list_id: 7}\n',
    ".json": '{"code": "acme", "name": "Acme \\"1\\"", "areas": ["catalogs", "settings"],'
    ' "catalogs": {"list_id": 7}}',
    ".toml": 'code = "acme"\nname = \'Acme "1"\'\n'
    'areas = ["catalogs", "settings"]\n[catalogs]\nlist_id = 7\n',
}


@pytest.mark.parametrize("suffix", SAME)
def test_the_three_formats_give_the_same_answers(suffix: str, tmp_path: Path) -> None:
    answers = answers_of(SAME[suffix], suffix=suffix, tmp=tmp_path)

    assert (answers.name, answers.catalogs) == ({"en": 'Acme "1"'}, Catalogs(7))


@pytest.mark.parametrize("suffix", [".yml", ".json"])
def test_standard_input_is_yaml_or_json(suffix: str) -> None:
    assert answers_of(SAME[suffix]).catalogs == Catalogs(7)


def test_json_on_standard_input_may_escape_emoji() -> None:
    assert answers_of('{"code": "a", "areas": ["lcard"], "name": "\\ud83d\\ude00"}').name == {
        "en": "\U0001f600"
    }


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("1_000", "1_000"),
        ("2024-05-01", "2024-05-01"),
        ("1:30", "1:30"),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.0", 1.0),
        ("1e3", 1000.0),
        ("1.0.0", "1.0.0"),
        ("-.inf", float("-inf")),
        ("~", None),
        ("True", True),
        ("tRUE", "tRUE"),
        ('"1"', "1"),
        ("!!str 1", "1"),
        ("9" * 5000, float("inf")),
    ],
)
def test_scalars_are_read_as_yaml_1_2_defines_them(scalar: str, value: object) -> None:
    node = yamldoc.parse(f"a: {scalar}\n")

    assert node is not None
    assert node.plain() == {"a": value}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

UNREADABLE = [
    ("empty", "", "1:1: empty: an answers file must answer at least `areas`"),
    ("comment-only", "# nothing\n", "1:1: empty: an answers file must answer at least `areas`"),
    ("null", "~\n", "1:1: empty: an answers file must answer at least `areas`"),
    ("list", "- lcard\n", "1:1: must be a map from keys to answers"),
    ("text", "\n  areas\n", "2:3: must be a map from keys to answers"),
    ("tab", "support:\n\tlink: x\n", "2:1: YAML does not allow a tab here: use spaces"),
    ("twice", "name: a\ncode: b\nname: c\n", "3:1: duplicate key `name`, first used in line 1"),
    ("two-documents", "code: a\n---\ncode: b\n", "2:1: a second YAML document: only one is allowed"),
    ("unclosed", "areas: [lcard\n",
     "2:1: not valid YAML: a bracket is not closed, or a comma is missing"),
    ("unclosed-map", "a: {b: c\nd: e\n",
     "2:2: not valid YAML: a bracket from line 1 is not closed, or a comma is missing"),
    ("unclosed-quote", 'name: "a\nb: c\n', "3:1: not valid YAML: a quote from line 1 is not closed"),
    ("windows-path", 'logo: "C:\\Users\\logo.png"\n',
     "1:12: not valid YAML: a `\\` in double quotes starts an escape: use single quotes, or `/` in a path"),
    ("windows-path-q", 'logo: "C:\\q.png"\n',
     "1:10: not valid YAML: a `\\` in double quotes starts an escape: use single quotes, or `/` in a path"),
    ("quotes-in-quotes", 'name: "say "hi" to all"\n',
     "1:13: not valid YAML: there is text after the closing quote: use the other kind of quotes"),
    ("apostrophe", "name: 'Bob's'\n",
     "1:12: not valid YAML: there is text after the closing quote: use the other kind of quotes"),
    ("indented", "areas: [a]\n  name: b\n",
     "2:3: not valid YAML: the indentation of this line does not match the lines around it"),
    ("outdented", "areas:\n  - a\n - b\n",
     "3:2: not valid YAML: the indentation of this line does not match the lines around it"),
    ("begins-with-at", "name: @acme\n", "1:7: not valid YAML: a text cannot start with `@`: quote it"),
    ("key-beside-items", "- a\nb: c\n",
     "2:1: not valid YAML: a key cannot be among the items of a list, which start with `-`"),
    ("item-behind-key", "areas: - a\n",
     "1:8: not valid YAML: start the list on a line of its own, or write [a, b]"),
    ("tag", "code: !!python/object:os.system x\n",
     "1:7: the tag `tag:yaml.org,2002:python/object:os.system` is not allowed: only plain data is"),
    ("merge", "a: &a {b: c}\nd:\n  <<: *a\n",
     "3:3: merge keys (`<<`) are not part of YAML 1.2: write the keys out"),
    ("key-list", "? [a]\n: b\n", "1:3: a key must be plain text"),
    ("alias-unknown", "name: *a\n", "1:7: the alias `*a` refers to no anchor above it"),
    ("alias-of-itself", "a: &a [*a]\n", "1:8: the alias `*a` is part of what it refers to"),
    ("alias-bomb", BOMB, "5:36: more than 100000 values, counting those behind aliases"),
    ("deep", "a: " + "[" * 60 + "]" * 60, "1:54: nested deeper than 50 levels"),
    ("very-deep", "a: " + "[" * 100_000, "1:54: nested deeper than 50 levels"),
    ("very-deep-mappings", "a: " + "{a: " * 5_000, "1:204: nested deeper than 50 levels"),
    ("very-deep-block", "".join(f"{' ' * depth}a:\n" for depth in range(1_100)),
     "52:52: nested deeper than 50 levels"),
    ("very-deep-list", "- " * 5_000 + "a", "1:103: nested deeper than 50 levels"),
    ("emoji-counts-once", "name: '\U0001f600': x\n",
     "1:10: not valid YAML: a colon followed by a space makes a key: quote the text"),
    ("nul", "code: a\nname: \0\n", "2:7: not a text file: control character U+0000"),
    ("delete", "code: a\nname: a\x7f\n", "2:8: YAML does not allow the character U+007F here"),
    ("utf-8", b"code: a\nname: \xff\n", "2:7: not UTF-8 text: byte 0xff"),
    ("utf-16", "code: a\n".encode("utf-16"), "1:1: not UTF-8 text: byte 0xff"),
    ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "1:1: not UTF-8 text: byte 0x89"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), [pytest.param(*row[1:], id=row[0]) for row in UNREADABLE])
def test_invalid_yaml_is_one_fault(text: str | bytes, fault: str) -> None:
    assert faults_of(text) == [fault]


@pytest.mark.parametrize(
    ("suffix", "text", "faults"),
    [
        pytest.param(".json", "", ["1:1: the file is empty"], id="json-empty"),
        pytest.param(
            ".json", '{"code": "a",\n "nme": "b", // c\n}',
            ["1:1: `areas` is missing: give it in the answers file, or with --set areas=lcard-1,settings",
             "2:2: unknown key `nme`, did you mean `name`?",
             "2:12: trailing comma before `}`", "2:14: comments are not allowed in JSON"],
            id="json-comment-and-comma",
        ),
        pytest.param(
            ".json", '{"code": "a", "areas": ["lcard"],\n "nme": 1}',
            ["2:2: unknown key `nme`, did you mean `name`?"], id="json-key",
        ),
        pytest.param(
            ".json", '{"code": "a", "areas": ["lcard"], "name": "\\ud800"}',
            ["1:43: `\\ud800` is half a character"], id="json-surrogate",
        ),
        pytest.param(".toml", "code = \n", ["1:8: not valid TOML: invalid value"], id="toml-syntax"),
        pytest.param(".toml", "code = [", ["1:9: not valid TOML: invalid value at the end"], id="toml-end"),
        pytest.param(
            ".toml", "code = 'a'\ncode = 'b'\n", ["2:11: not valid TOML: cannot overwrite a value"],
            id="toml-twice",
        ),
        pytest.param(
            ".toml", "areas = ['lcard']\ncode = 'a'\n'näme' = 'b'\nversion = 2024-05-01\n",
            ["3:1: unknown key `näme`, did you mean `name`?",
             "4:11: `version` must be three numbers with dots, such as 1.0.0, not `2024-05-01`"],
            id="toml-key-and-date",
        ),
        pytest.param(
            ".toml", "areas = ['lcard', # one\n  'lcrd']\ncode = 'a'\n",
            ["2:3: `areas` names an unknown area `lcrd`, did you mean `lcard`?"], id="toml-item",
        ),
        pytest.param(
            ".toml", "code='a'\nareas=['settings']\nname = {en='ü', 'x'='é'}\nsettings.a.type = 'txt'\n"
            "[settings.b]\nlabl = 'B'\n",
            ["3:17: `name` has an unknown locale `x`",
             "4:19: `settings.a.type` cannot be `txt`, did you mean `text`?",
             "6:1: `settings.b` has an unknown key `labl`, did you mean `label`?"],
            id="toml-tables",
        ),
        pytest.param(
            ".toml", "areas=['lcard']\ncode='a'\n[[nme]]\nx=1\n[[nme]]\nx=2\n",
            ["3:3: unknown key `nme`, did you mean `name`?"], id="toml-array-of-tables",
        ),
        pytest.param(
            ".toml", "a" + ".a" * 100_000 + " = 1", ["1:1: a key with too many parts"], id="toml-deep-key",
        ),
        pytest.param(
            ".toml", f"a = {'9' * 5000}", ["1:1: not valid TOML: a number with too many digits"],
            id="toml-digits",
        ),
        pytest.param(
            ".toml", f"areas=['catalogs', 'settings']\ncode='a'\ncatalogs.list_id=0x{'f' * 5000}",
            ["3:18: `catalogs.list_id` must be a whole number, not `inf`"], id="toml-hexadecimal",
        ),
        pytest.param(".toml", "a = " + "[" * 50_000, ["1:1: nested too deep"], id="toml-deep-array"),
    ],
)  # fmt: skip
def test_faults_of_json_and_toml_have_their_place(
    suffix: str, text: str, faults: list[str], tmp_path: Path
) -> None:
    assert faults_of(text, suffix=suffix, tmp=tmp_path) == faults


def test_a_byte_order_mark_is_skipped() -> None:
    assert answers_of("\ufeffcode: acme\nareas: [lcard]\n").code == "acme"


def test_windows_line_ends_do_not_move_places() -> None:
    assert faults_of("code: acme\r\nareas: [lcrd]\r\n") == [
        "2:9: `areas` names an unknown area `lcrd`, did you mean `lcard`?"
    ]


def test_a_file_of_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yml"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    with pytest.raises(ScaffoldError) as caught:
        read_source(str(path), io.BytesIO())
    assert caught.value.message == f"{path}: larger than 1 MB, too large for an answers file"


def test_an_endless_standard_input_is_refused() -> None:
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert size > 0, "the whole stream was requested"
            return b"a" * size

    with pytest.raises(ScaffoldError) as caught:
        read_source("-", Endless())
    assert caught.value.message == "<stdin>: larger than 1 MB, too large for an answers file"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere.yml", "no such file or directory"),
        (".", "is a directory"),
        ("a\0b", "a path cannot contain a null character"),
    ],
)
def test_a_path_that_is_not_a_file_is_refused(
    name: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ScaffoldError) as caught:
        read_source(name, io.BytesIO())
    shown = name.replace("\0", "\\x00")
    assert (caught.value.message, caught.value.hint) == (
        f"cannot read `{shown}`: {reason}",
        "give an answers file",
    )


def test_a_fault_names_the_file_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "acme.yml").write_text("areas: lcard\ncode: a\n")
    monkeypatch.chdir(tmp_path)

    with pytest.raises(AnswersError) as caught:
        answers_of("areas: lcard\ncode: a\n", tmp=Path(os.curdir))
    assert caught.value.details == ("answers.yml:1:8: `areas` must be a list, such as [lcard]",)


def test_toml_places_count_characters() -> None:
    assert tomldoc.parse('"\U0001f600" = 1').find("\U0001f600") is not None
    node = tomldoc.parse("a = ['ü', 'x']").find("a", 1)
    assert node is not None
    assert (node.line, node.column) == (1, 11)


def test_the_registry_does_not_load_the_readers() -> None:
    """The wizard and `--help` start without YAML, TOML and difflib."""
    heavy = "{'yaml', 'tree_sitter', 'difflib', 'json'}"
    code = f"import sys, scaffold.generate.answers.validate; print(*{heavy} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


SNIPPETS = [
    "areas", "code", "name", "settings", "digital_pipeline", "{", "}", "[", "]", ":", ": ", ",",
    "\n", "\n  ", "\t", "- ", '"', "'", "&a ", "*a", "<<", "|", ">", "#", "!!str ", "---", "=",
    ".", "lcard", "1.0", "0x1",
    "true", "null", "\\", "\ud83d\ude00", "\0", "\x85", "\ufeff",
]  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(SNIPPETS), max_size=25).map("".join), st.sampled_from([".yml", ".json", ".toml"])
)
def test_faults_of_any_text_have_a_place(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(text.encode(errors="surrogatepass"))

    with pytest.raises(AnswersError) as caught:
        complete(draft_of(read_source(str(path), io.BytesIO())))

    assert all(fault.line > 0 and fault.column > 0 and fault.message for fault in caught.value.faults)
