"""`check --fix`: what it mends, how little it changes, and that a second run changes nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.check.fix.insertion import inserted
from scaffold.check.model.images import read_image
from scaffold.documents.jsondoc import parse
from tests.check.disk import put
from tests.shell import Shell

Row = tuple[str, str, str, str]

MENDED: list[Row] = [
    ("mark-in-json", "i18n/es.json with bom", "i18n/es.json", "removed the byte order mark"),
    ("mark", "script.js with bom", "script.js", "removed the byte order mark"),
    ("crlf", "manifest.json with crlf", "manifest.json", "made 30 line ends LF"),
    ("text", 'i18n/es.json {"widget": {"name": null}}', "i18n/es.json",
     "added `widget.name`, copied from en and marked [en]"),
    ("group", 'i18n/es.json {"settings": null}', "i18n/es.json",
     "added `settings.api_key`, copied from en and marked [en]"),
    ("second-of-a-group", 'i18n/en.json {"settings": {"hint": "Why"}}', "i18n/es.json",
     "added `settings.hint`, copied from en and marked [en]"),
    ("size", "images/logo_min.png png 42x42", "images/logo_min.png",
     "42x42 fitted into 84x84, from images/logo_main.png"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "path", "what"), [row[1:] for row in MENDED], ids=[row[0] for row in MENDED]
)
def test_what_is_mended_is_said_and_a_second_run_changes_nothing(
    shell: Shell, edits: str, path: str, what: str
):
    put(shell.folder / "w", edits)
    before = shell.files("w")
    result = shell("check", "w", "--fix")
    assert (result.code, result.out, result.err) == (0, "w: no findings\n", f"fixed: {path}: {what}\n")
    after = shell.files("w")
    assert {name for name in after if after[name] != before[name]} == {path}
    assert shell("check", "w", "--fix").err == ""
    assert shell.files("w") == after


def test_a_copied_text_is_marked_with_the_language_it_is_in(shell: Shell):
    put(shell.folder / "w", 'i18n/es.json {"widget": {"name": null}}')
    shell("check", "w", "--fix")
    texts = json.loads((shell.folder / "w" / "i18n" / "es.json").read_text(encoding="utf-8"))
    assert texts["widget"]["name"] == "[en] Acme leads"


def test_several_faults_of_one_file_are_mended_in_one_go(shell: Shell):
    put(shell.folder / "w")
    (shell.folder / "w" / "i18n" / "es.json").write_bytes(
        b'\xef\xbb\xbf{\r\n    "widget": {"short_description": "Punt\xc3\xbaa", "description": "C"}\r\n}\r\n'
    )
    assert shell("check", "w", "--fix").out == "w: no findings\n"
    assert (shell.folder / "w" / "i18n" / "es.json").read_text(encoding="utf-8") == (
        "{\n"
        '    "widget": {"short_description": "Puntúa", "description": "C", "name": "[en] Acme leads"},\n'
        '    "settings": {\n'
        '        "api_key": "[en] API key"\n'
        "    }\n"
        "}\n"
    )


def test_a_group_that_is_missing_is_copied_whole_also_what_nobody_names(shell: Shell):
    put(shell.folder / "w", 'i18n/en.json {"settings": {"hint": "Why"}}\ni18n/es.json {"settings": null}')
    assert shell("check", "w", "--fix").out == "w: no findings\n"
    texts = json.loads((shell.folder / "w" / "i18n" / "es.json").read_text(encoding="utf-8"))
    assert texts["settings"] == {"api_key": "[en] API key", "hint": "[en] Why"}


def test_a_text_that_the_default_locale_lacks_comes_from_the_other(shell: Shell):
    put(shell.folder / "w", 'i18n/en.json {"widget": {"name": null}}')
    shell("check", "w", "--fix")
    texts = json.loads((shell.folder / "w" / "i18n" / "en.json").read_text(encoding="utf-8"))
    assert texts["widget"]["name"] == "[es] Acme prospectos"


def test_a_fitted_logo_has_its_size(shell: Shell):
    put(shell.folder / "w", "images/logo_medium.png png 120x42\nimages/logo.png png 64x64")
    assert shell("check", "w", "--fix").code == 0
    images = shell.folder / "w" / "images"
    assert read_image((images / "logo_medium.png").read_bytes()).size == (240, 84)
    assert read_image((images / "logo.png").read_bytes()).size == (130, 100)


LEFT_ALONE = [
    ("tiny", "\n".join(f"images/{n}.png png 1x1" for n in
                       ("logo", "logo_main", "logo_medium", "logo_min", "logo_small")), 1),
    ("missing-logo", "images/logo.png absent", 1),
    ("nobody-has-it", 'i18n/es.json {"widget": {"name": null}}\ni18n/en.json {"widget": {"name": null}}', 1),
    ("a-text-in-the-way", 'i18n/es.json {"settings": "none"}', 1),
    ("not-json", "i18n/es.json \"{'a': 1}\"", 1),
    ("warning", "script.js inside\n    eval(a);", 0),
    ("secret", 'manifest.json {"widget": {"secret_key": "x"}}', 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "code"), [row[1:] for row in LEFT_ALONE], ids=[row[0] for row in LEFT_ALONE]
)
def test_what_somebody_must_decide_is_left_alone(shell: Shell, edits: str, code: int):
    put(shell.folder / "w", edits)
    before = shell.files()
    result = shell("check", "w", "--fix")
    assert (result.code, result.err) == (code, "")
    assert shell.files() == before


def test_litter_in_the_folder_is_left_to_pack(shell: Shell):
    put(shell.folder / "w")
    (shell.folder / "w" / ".DS_Store").write_bytes(b"x")
    assert "A120" in shell("check", "w", "--fix").out
    assert (shell.folder / "w" / ".DS_Store").exists()


def test_ignored_and_waived_findings_are_not_mended(shell: Shell):
    put(shell.folder / "w", "script.js with crlf")
    before = shell.files()
    assert shell("check", "w", "--fix", "--ignore", "A123").err == ""
    assert shell.files() == before
    (shell.folder / "w" / ".kommo-widget.toml").write_text(
        '[[check.waivers]]\ncode = "A123"\nreason = "ours"\n'
    )
    assert shell("check", "w", "--fix").err == ""


def test_a_project_is_mended_in_its_widget(shell: Shell):
    put(shell.folder / "w", "script.js with crlf", record="public: false\n")
    assert shell("check", "w", "--fix").err == "fixed: script.js: made 30 line ends LF\n"
    assert b"\r" not in (shell.folder / "w" / "widget" / "script.js").read_bytes()


def test_a_zip_is_not_mended(shell: Shell):
    put(shell.folder / "w")
    shell("pack", "w", "-o", "w.zip")
    result = shell("check", "w.zip", "--fix")
    assert (result.code, result.err) == (
        2,
        "error: cannot mend w.zip: it is a file\nhint: give the folder that it was packed from\n",
    )


INSERTED = [
    ("pretty", '{\n  "a": 1\n}\n', ("b",), 2, '{\n  "a": 1,\n  "b": 2\n}\n'),
    (
        "tabs",
        '{\n\t"a": {\n\t\t"b": 1\n\t}\n}',
        ("a", "c"),
        2,
        '{\n\t"a": {\n\t\t"b": 1,\n\t\t"c": 2\n\t}\n}',
    ),
    ("one-line", '{"a": 1}', ("b",), 2, '{"a": 1, "b": 2}'),
    ("empty", "{}", ("a",), 1, '{"a": 1}'),
    ("empty-group", '{\n  "a": {}\n}', ("a", "b"), 1, '{\n  "a": {\n    "b": 1\n  }\n}'),
    ("new-group", '{\n  "a": 1\n}', ("b", "c"), 2, '{\n  "a": 1,\n  "b": {\n    "c": 2\n  }\n}'),
    ("trailing-comma", '{\n  "a": 1,\n}', ("b",), 2, '{\n  "a": 1,\n  "b": 2\n}'),
    ("comment", '{\n  "a": 1 // }"\n}', ("b",), 2, '{\n  "a": 1,\n  "b": 2 // }"\n}'),
    ("braces-in-texts", '{"a": "}{", "b": ["]"]}', ("c",), 1, '{"a": "}{", "b": ["]"], "c": 1}'),
    ("crlf", '{\r\n  "a": 1\r\n}', ("b",), 2, '{\r\n  "a": 1,\r\n  "b": 2\r\n}'),
    ("quotes-in-the-key", "{}", ('a"b',), 1, '{"a\\"b": 1}'),
]


@pytest.mark.parametrize(
    ("text", "path", "value", "after"), [row[1:] for row in INSERTED], ids=[row[0] for row in INSERTED]
)
def test_a_member_is_put_in_as_the_text_is_written(text: str, path: tuple[str, ...], value: int, after: str):
    assert inserted(text, parse(text), path, value) == after


KEYS = st.text(max_size=4)
TEXTS = st.recursive(
    st.text(max_size=4), lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)


@given(st.dictionaries(KEYS, TEXTS, max_size=3), KEYS, TEXTS, st.sampled_from([None, 2, "\t"]))
def test_any_member_goes_into_any_text(document: dict[str, object], key: str, value: object, indent: int):
    document.pop(key, None)
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    assert json.loads(inserted(text, parse(text), (key,), value)) == {**document, key: value}
