"""`adopt` makes a record of any widget without changing its files, and `add` works from that record."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scaffold.documents import yamldoc
from scaffold.files.archive import Archive
from scaffold.files.tree import Tree
from scaffold.grow.adopt import adopt
from scaffold.project import layout
from scaffold.project.state import State
from tests.check.clean import MANIFEST, TEXTS, clean_widget, dump
from tests.grow.test_foreign import own
from tests.shell import Shell


def widget(manifest: Mapping[str, Any] | None = None, files: Mapping[str, bytes] | None = None) -> Tree:
    return Tree({**clean_widget(), "manifest.json": dump({**MANIFEST, **(manifest or {})}), **(files or {})})


def read(tree: Tree, name: str = "acmeLeads") -> tuple[dict[str, Any], list[str]]:
    """Return the answers of a widget, and the parts of it that they cannot express."""
    adopted = adopt(Archive(tree), State(widget=".", adopted=True), name)
    root = yamldoc.parse(adopted.files[layout.ANSWERS].decode())
    assert root is not None
    return root.plain(), list(adopted.unexpressed)


def test_a_plain_widget_is_read_completely() -> None:
    answers, unexpressed = read(widget())
    assert unexpressed == []
    assert answers["code"] == "acmeLeads"
    assert answers["name"] == {"en": "Acme leads", "es": "Acme prospectos"}
    assert answers["locales"] == ["en", "es"]
    assert answers["areas"] == ["lcard-1", "settings"]
    assert answers["settings"] == {
        "api_key": {"type": "text", "label": {"en": "API key", "es": "Clave de API"}, "required": False}
    }
    assert answers["support"] == {"link": "https://acme-help.test/help", "email": "help@acme-help.test"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("acmeLeads", "acmeLeads"), ("Acme leads", "acme_leads"), ("123", "my_widget"), ("Ёж", "my_widget")],
)
def test_the_code_derives_from_the_folder(name: str, code: str) -> None:
    assert read(widget(), name)[0]["code"] == code


PIPELINE = {
    "settings": {"text": {"name": "Text", "type": "text", "required": False}},
    "action_multiple": True,
}

MANIFESTS: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("both-forms-of-an-area", {"locations": ["lcard-1", "lcard-0", "settings"]},
     {"areas": ["lcard-1", "settings"]}, ["manifest.json: /locations/1"]),
    ("unknown-area", {"locations": ["tline-0", "settings"]}, {"areas": ["settings"]},
     ["manifest.json: /locations/0"]),
    ("area-before-what-it-needs", {"locations": ["card_sdk", "lcard", "settings"]},
     {"areas": ["card_sdk", "lcard-1", "settings"]}, []),
    ("no-area", {"locations": []}, {"areas": ["settings"]}, []),
    ("locations-that-are-none", {"locations": {"a": 1}}, {"areas": ["settings"]},
     ["manifest.json: /locations"]),
    ("obsolete-members", {"widget": {**MANIFEST["widget"], "code": "own", "secret_key": "x"}},
     {"code": "own"}, ["manifest.json: /widget/code", "manifest.json: /widget/secret_key"]),
    ("version-that-is-none", {"widget": {**MANIFEST["widget"], "version": "1"}}, {"version": "1.0.0"},
     ["manifest.json: /widget/version"]),
    ("literal-name", {"widget": {**MANIFEST["widget"], "name": "Say \"hi\" {{ 7*7 }}"}},
     {"name": "Say \"hi\" {{ 7*7 }}"}, []),
    ("russian", {"widget": {**MANIFEST["widget"], "locale": ["en", "ru"]}},
     {"platform": "amocrm", "locales": ["en", "ru"]}, []),
    ("field-of-no-known-type", {"settings": {**MANIFEST["settings"], "odd": {"name": "x", "type": "odd"}}},
     {"settings": {"api_key": {"type": "text", "label": {"en": "API key", "es": "Clave de API"},
                               "required": False}}}, ["manifest.json: /settings/odd"]),
    ("insecure-webhook", {"locations": ["digital_pipeline"], "settings": {}, "dp": {
        **PIPELINE, "webhook_url": "http://acme-help.test/dp"}},
     {"areas": ["digital_pipeline"]}, ["manifest.json: /dp/webhook_url"]),
    ("menu", {"locations": ["widget_page"], "settings": {}, "left_menu": {
        "own_page": {"title": "widget.name", "submenu": {"one": {"title": "One", "sort": 1}}}}},
     {"public": True, "widget_page": {"title": {"en": "Acme leads", "es": "Acme prospectos"},
                                      "items": {"one": {"title": "One"}}}},
     ["manifest.json: /left_menu/own_page"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("manifest", "some", "unexpressed"), [row[1:] for row in MANIFESTS], ids=[row[0] for row in MANIFESTS]
)
def test_parts_that_answers_cannot_express_are_reported(
    manifest: dict[str, Any], some: dict[str, Any], unexpressed: list[str]
) -> None:
    answers, reported = read(widget(manifest))
    assert {key: answers.get(key) for key in some} == some
    assert set(unexpressed) <= set(reported)
    assert all(line in unexpressed or "/installation" in line for line in reported)


def test_a_required_answer_that_the_widget_does_not_give_is_listed(shell: Shell) -> None:
    put(shell, widget({"locations": ["catalogs", "settings"]}))
    document = json.loads(shell("adopt", "--json").out)
    assert document["unanswered"] == ["catalogs.list_id"]
    assert not [line for line in document["unexpressed"] if "catalogs" in line]


def test_an_answer_of_the_widget_is_not_missing_because_it_is_our_example(shell: Shell) -> None:
    url = "https://hooks.acme.example/digital_pipeline.php"
    put(shell, widget({"locations": ["digital_pipeline"], "dp": {"settings": {}, "webhook_url": url}}))
    assert json.loads(shell("adopt", "--json").out)["unanswered"] == []


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [None], {"a": None}, True])
@pytest.mark.parametrize(
    "key",
    ["widget", "locations", "settings", "dp", "tour", "left_menu", "salesbot_designer", "advanced", "mobile"],
)
def test_any_manifest_can_be_adopted(key: str, value: object) -> None:
    tree = widget(
        {"locations": ["lcard-1", "digital_pipeline", "salesbot_designer", "widget_page"], key: value}
    )
    answers, _ = read(tree)
    assert answers["areas"]
    tree = widget(
        {"widget": {**MANIFEST["widget"], key: value, "name": value, "locale": value, "version": value}}
    )
    assert read(tree)[0]["areas"] == ["lcard-1", "settings"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff\xfe", b'"x"'])
def test_a_manifest_that_cannot_be_read_is_refused(shell: Shell, data: bytes) -> None:
    (shell.folder / "manifest.json").write_bytes(data)
    result = shell("adopt")
    assert (result.code, "error: the manifest cannot be read" in result.err) == (2, True)
    assert shell.files() == {"manifest.json": data}


def put(shell: Shell, tree: Tree, folder: str = "") -> dict[str, bytes]:
    for path, data in tree.items():
        place = shell.folder / folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return shell.files()


def own_files(shell: Shell) -> dict[str, bytes]:
    return {path: data for path, data in shell.files().items() if not path.startswith(layout.FOLDER)}


@pytest.mark.parametrize(("folder", "place"), [("", "."), ("widget", "widget")])
def test_adopt_writes_the_record_and_nothing_else(shell: Shell, folder: str, place: str) -> None:
    before = put(shell, widget(), folder)
    result = shell("adopt", "--json")
    document = json.loads(result.out)
    assert (result.code, document["widget"], document["unexpressed"]) == (0, place, [])
    assert own_files(shell) == before
    assert document["recorded"] == sorted(set(shell.files()) - set(before))
    assert layout.LOGO in document["recorded"]
    again = shell("adopt")
    assert (again.code, "is already a project" in again.err) == (2, True)
    assert shell("check").code == 0
    assert shell("pack").code == 0


def test_a_folder_without_a_widget_is_refused(shell: Shell) -> None:
    result = shell("adopt")
    assert (result.code, "no manifest.json" in result.err) == (2, True)
    assert shell.files() == {}


def test_an_area_can_be_added_to_an_adopted_widget_and_removed(shell: Shell) -> None:
    script = own("assignment").encode()
    before = put(shell, widget(files={"script.js": script, "style.css": b".own { color: red; }\n"}))
    shell("adopt")
    assert own_files(shell) == before
    result = shell("add", "advanced_settings", "--json")
    assert result.code == 0
    files = own_files(shell)
    assert json.loads(files["manifest.json"])["locations"] == ["lcard-1", "settings", "advanced_settings"]
    assert json.loads(files["manifest.json"])["advanced"]
    assert json.loads(files["i18n/en.json"])["widget"] == TEXTS["en"]["widget"]
    assert "advanced" in json.loads(files["i18n/es.json"])
    assert b"advancedSettings: function" in files["script.js"]
    assert b".own { color: red; }" in files["style.css"]
    assert set(files) - set(before) == {"templates/advanced_settings.twig"}
    assert shell("add", "advanced_settings").out.startswith("identical: ")
    assert shell("remove", "advanced_settings").code == 0
    back = own_files(shell)
    assert b".own { color: red; }" in back.pop("style.css")  # shared rules may stay: they harm nothing
    assert back == {path: data for path, data in before.items() if path != "style.css"}


def test_files_of_the_user_with_our_names_are_kept(shell: Shell) -> None:
    texts = {"advanced": {"title": "Mine"}, **TEXTS["en"]}
    files = {
        "script.js": own("of-self").encode(),
        "templates/advanced_settings.twig": b"<p>mine</p>\n",
        "i18n/en.json": dump(texts),
    }
    put(shell, widget(files=files))
    shell("adopt")
    result = shell("add", "advanced_settings")
    held = own_files(shell)
    assert result.code == 0
    assert held["templates/advanced_settings.twig"] == b"<p>mine</p>\n"
    assert json.loads(held["i18n/en.json"])["advanced"]["title"] == "Mine"
    assert "your own file" in result.out


def test_a_style_sheet_that_cannot_be_read_gets_no_markers(shell: Shell) -> None:
    sheet = b".own {\n  color: red;\n"
    put(shell, widget(files={"script.js": own("of-self").encode(), "style.css": sheet}))
    shell("adopt")
    result = shell("add", "advanced_settings")
    assert result.code == 0
    assert own_files(shell)["style.css"] == sheet
    assert "paste into style.css:" in result.out


def test_code_without_a_safe_place_is_printed(shell: Shell) -> None:
    script = b"define(['./app.js'], function (App) { return App; });\n"
    put(shell, widget(files={"script.js": script}))
    shell("adopt")
    result = shell("add", "advanced_settings")
    assert result.code == 0
    assert "paste into script.js:" in result.out
    assert "advancedSettings: function" in result.out
    assert own_files(shell)["script.js"] == script


def test_the_archive_of_an_adopted_widget_does_not_contain_the_record(shell: Shell) -> None:
    put(shell, widget())
    shell("adopt")
    assert shell("pack", "-o", "out.zip").code == 0
    import zipfile

    with zipfile.ZipFile(shell.folder / "out.zip") as archive:
        assert not [name for name in archive.namelist() if name.startswith(".")]


def test_the_code_derives_from_the_folder_on_the_command_line(shell: Shell) -> None:
    put(shell, widget(), "Other-Name/widget")
    assert shell("adopt", "Other-Name").code == 0
    assert b"code: other_name\n" in (Path(shell.folder) / "Other-Name" / layout.ANSWERS).read_bytes()


def test_add_writes_no_back_end_into_an_adopted_widget(shell: Shell) -> None:
    for path, data in clean_widget().items():
        (shell.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (shell.folder / path).write_bytes(data)
    assert shell("adopt").code == 0
    added = shell("add", "sms", "--set", "sms.endpoint=https://hooks.acme-help.test/sms.php")
    assert added.code == 0, added.err
    assert not (shell.folder / "backend").exists()
    assert "generate the back end in another folder" in added.err
    assert "/backend/" not in added.err
