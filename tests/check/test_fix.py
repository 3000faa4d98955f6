"""`check --fix`: what it fixes, how little it changes, and that no fix causes another finding."""

import difflib
import io
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from scaffold.check.engine import lint
from scaffold.check.fix import engine as fix
from scaffold.check.fix.fixers import FIXERS
from scaffold.check.model.images import read_image
from scaffold.check.model.widget import Widget
from scaffold.check.options import CheckOptions
from scaffold.check.rules.registry import Context
from scaffold.files.archive import Archive
from scaffold.files.pictures import is_marked
from scaffold.files.tree import Tree
from tests.check.areas import PARTS
from tests.check.disk import put
from tests.check.edits import edited
from tests.shell import Shell

Row = tuple[str, str, str, str]

M = "manifest.json"
FIXED: list[Row] = [
    ("mark-in-json", "i18n/es.json with bom", "i18n/es.json", "remove the byte order mark"),
    ("mark", "script.js with bom", "script.js", "remove the byte order mark"),
    ("crlf", "manifest.json with crlf", M, "change 30 line ends to LF"),
    ("text", 'i18n/es.json {"widget": {"name": null}}', "i18n/es.json",
     "add `widget.name`, copied from en and marked [en]"),
    ("group", 'i18n/es.json {"settings": null}', "i18n/es.json",
     "add `settings.api_key`, copied from en and marked [en]"),
    ("second-of-a-group", 'i18n/en.json {"settings": {"hint": "Why"}}', "i18n/es.json",
     "add `settings.hint`, copied from en and marked [en]"),
    ("agent-text", '''manifest.json {"locations": ["lcard-1", "settings", "ai_agent"]}
i18n/en.json {"widget": {"ai_agent_description": "Scores"}}''', "i18n/es.json",
     "add `widget.ai_agent_description`, copied from en and marked [en]"),
    ("size", "images/logo_min.png png 42x42", "images/logo_min.png",
     "resize it to 84x84, from images/logo_small.png"),
    ("flag", 'manifest.json {"widget": {"init_once": "true"}}', M, "change `widget.init_once` to true"),
    ("flag-of-old-pages", 'manifest.json {"widget": {"init_once": "N"}}', M,
     "change `widget.init_once` to false"),
    ("required", 'manifest.json {"settings": {"api_key": {"required": "false"}}}', M,
     "change `settings.api_key.required` to false"),
    ("needless-suffix", 'manifest.json {"locations": ["lcard-1", "settings-1"]}', M,
     "change `settings-1` to `settings`"),
    ("needless-suffix-doubled", 'manifest.json {"locations": ["lcard-1", "settings", "settings-1"]}', M,
     "delete `settings-1`: `settings` is declared too"),
    ("blank", 'manifest.json {"locations": ["lcard-1 ", "settings"]}', M, "change `lcard-1 ` to `lcard-1`"),
    ("doubled", 'manifest.json {"locations": ["lcard-1", "settings", "lcard-1"]}', M,
     "delete the second `lcard-1`"),
    ("doubled-locale", 'manifest.json {"widget": {"locale": ["en", "es", "en"]}}', M,
     "delete the second `en`"),
    ("locale-object", 'manifest.json {"widget": {"locale": {"es": "i18n/es.json", "en": ""}}}', M,
     "change the locales to a list: es, en"),
    ("locale-region", 'manifest.json {"widget": {"locale": ["en", "es_ES"]}}', M,
     "change the locale to `es`"),
    ("no-version", 'manifest.json {"widget": {"version": null}}', M, "add `widget.version`"),
    ("short-version", 'manifest.json {"widget": {"version": 1.10}}', M, "change the version to 1.1.0"),
    ("interface-version", 'manifest.json {"widget": {"interface_version": "2"}}', M,
     "change `widget.interface_version` to 2"),
    ("no-interface-version", 'manifest.json {"widget": {"interface_version": null}}', M,
     "add `widget.interface_version`: 2"),
    ("no-name", 'manifest.json {"widget": {"name": null}}', M, "add `name`"),
    ("no-locale", 'manifest.json {"widget": {"locale": null}}', M, "add `widget.locale`: en, es"),
    ("misspelt-key", 'manifest.json replace\n    - "name": "widget.name"\n    + "nmae": "widget.name"', M,
     "rename `widget.nmae` to `name`"),
    ("misspelt-field-key", 'manifest.json replace\n    - "type": "text"\n    + "tpye": "text"', M,
     "rename `tpye` to `type`"),
    ("block-in-widget", '''manifest.json {"settings": null,
 "widget": {"settings": {"api_key": {"name": "settings.api_key", "type": "text", "required": false}}}}'''
     .replace("\n", ""), M, "move `widget.settings` to `settings`"),
    ("null-tour", 'manifest.json replace\n    - "locations":\n    + "tour": null, "locations":', M,
     "delete `tour`, which is null"),
    ("null-in-widget", 'manifest.json replace\n    - "version":\n    + "tour": null, "version":', M,
     "delete `widget.tour`, which is null"),
    ("area-of-the-sibling", 'manifest.json {"locations": ["lcard-1", "settings", "everywhere-0"]}', M,
     "change `everywhere-0` to `everywhere`"),
    ("no-action-multiple", '* with digital_pipeline\nmanifest.json {"dp": {"action_multiple": null}}', M,
     "add `action_multiple`: false"),
    ("action-multiple-inside",
     '* with digital_pipeline\nmanifest.json {"dp": {"action_multiple": null, "settings": '
     '{"action_multiple": true}}}', M, "move `action_multiple` out of `dp.settings`"),
    ("webhook-at-the-root", '* with digital_pipeline\nmanifest.json {"dp": {"webhook_url": null}, '
     '"webhook_url": "https://hooks.acme.test/a"}', M, "move `webhook_url` to `dp.webhook_url`"),
    ("colour", '* with mobile_card\nmanifest.json {"mobile": {"color": "FF0000"}}', M,
     "change the colour to #FF0000"),
    ("manual", '* with salesbot_designer\n'
     'manifest.json {"salesbot_designer": {"score": {"settings": {"limit": {"manual": "Y"}}}}}', M,
     "change `salesbot_designer.score.settings.limit.manual` to true"),
    ("single-slide", '* with tour\nmanifest.json {"tour": {"tour_images": {"en": "/images/tour_en.png"}}}', M,
     "change `tour.tour_images.en` to a list"),
    ("tour-flag", '* with tour\nmanifest.json {"tour": {"is_tour": null}}', M, "add `is_tour`: true"),
    ("dp-flag", '* with digital_pipeline\nmanifest.json {"dp": {"action_multiple": "true"}}', M,
     "change `dp.action_multiple` to true"),
    ("trailing-comma-in-texts", 'i18n/es.json replace\n    - API"\n    + API",', "i18n/es.json",
     "repair the JSON in 1 place"),
    ("trailing-comma", 'manifest.json replace\n    - "settings"\n    + "settings",', M,
     "repair the JSON in 1 place"),
    ("missing-comma", 'manifest.json replace\n    - "version": "1.0.0",\n    + "version": "1.0.0"', M,
     "repair the JSON in 1 place"),
    ("quotes", "i18n/es.json replace\n    - \"name\"\n    + 'name'", "i18n/es.json",
     "repair the JSON in 1 place"),
    ("comments", 'manifest.json replace\n    - {\n    + /* ours */ {\n    - "version": "1.0.0",\n'
     '    + "version": "1.0.0", // raised by hand\n    - "locations": [\n    + "locations": [ // where',
     M, "remove 3 comments"),
    ("comment-beside-a-comma", 'i18n/es.json replace\n    - API"\n    + API", // key', "i18n/es.json",
     "repair the JSON in 1 place, remove 1 comment"),
    ("doubled-key", 'manifest.json replace\n    - "version": "1.0.0",\n'
     '    + "version": "1.0.0", "version": "1.0.0",', M, "remove 1 duplicate key"),
    ("doubled-group-in-texts", 'i18n/es.json replace\n    - "settings":\n'
     '    + "settings": {"api_key": "Clave de API"}, "settings":', "i18n/es.json", "remove 1 duplicate key"),
    ("blank-text", 'i18n/es.json {"widget": {"description": " "}}', "i18n/es.json",
     "fill in `widget.description`, copied from en and marked [en]"),
    ("key-of-widget-at-the-root", 'manifest.json {"version": "1.0.0", "widget": {"version": null}}', M,
     "move `version` to `widget.version`"),
    ("hidden-settings", 'manifest.json {"left_menu": {"settings": {"is_hidden": true}}}', M,
     "delete `left_menu.settings.is_hidden`"),
    ("hidden-item", 'manifest.json {"left_menu": {"stats": {"is_hidden": "Y"}}}', M,
     "change `left_menu.stats.is_hidden` to true"),
    ("sort", '''manifest.json {"left_menu": {"stats": {"submenu":
 {"a": {"title": "widget.name", "sort": "7"}}}}}'''.replace("\n", ""), M, "remove the quotes of 7"),
    ("texts-in-capitals", "i18n/locales/es.json copy i18n/es.json\ni18n/es.json absent",
     "i18n/locales/es.json", "move it to i18n/es.json"),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "path", "what"), [row[1:] for row in FIXED], ids=[row[0] for row in FIXED])
def test_a_fix_is_reported_and_a_second_run_changes_nothing(
    shell: Shell, edits: str, path: str, what: str
) -> None:
    put(shell.folder / "w", edits)
    before = shell.files("w")
    marked = json.loads(shell("check", "w", "--format=json").out)
    assert marked["summary"]["fixable"] == len(marked["findings"]) > 0
    result = shell("check", "w", "--fix")
    count = len(marked["findings"])
    assert (result.code, result.out, result.err) == (
        0,
        "w: no findings\n",
        f"fix: w/{path}: {what}\nfixed {count} of {count} findings\n",
    )
    after = shell.files("w")
    gone = {path} if path.startswith("i18n/locales") else set()
    assert before.keys() - after.keys() == gone
    assert {name for name in after if after[name] != before.get(name)} <= {path, "i18n/es.json"}
    assert shell("check", "w", "--fix").err == ""
    assert shell.files("w") == after


WRITTEN: dict[str, tuple[str, object]] = {
    "flag": ("widget.init_once", True),
    "flag-of-old-pages": ("widget.init_once", False),
    "required": ("settings.api_key.required", False),
    "needless-suffix": ("locations", ["lcard-1", "settings"]),
    "needless-suffix-doubled": ("locations", ["lcard-1", "settings"]),
    "blank": ("locations", ["lcard-1", "settings"]),
    "doubled": ("locations", ["lcard-1", "settings"]),
    "doubled-locale": ("widget.locale", ["en", "es"]),
    "locale-object": ("widget.locale", ["es", "en"]),
    "locale-region": ("widget.locale", ["en", "es"]),
    "no-version": ("widget.version", "1.0.0"),
    "short-version": ("widget.version", "1.1.0"),
    "interface-version": ("widget.interface_version", 2),
    "no-interface-version": ("widget.interface_version", 2),
    "no-name": ("widget.name", "widget.name"),
    "no-locale": ("widget.locale", ["en", "es"]),
    "misspelt-key": ("widget.name", "widget.name"),
    "misspelt-field-key": ("settings.api_key.type", "text"),
    "area-of-the-sibling": ("locations", ["lcard-1", "settings", "everywhere"]),
    "no-action-multiple": ("dp.action_multiple", False),
    "action-multiple-inside": ("dp.action_multiple", True),
    "webhook-at-the-root": ("dp.webhook_url", "https://hooks.acme.test/a"),
    "colour": ("mobile.color", "#FF0000"),
    "manual": ("salesbot_designer.score.settings.limit.manual", True),
    "single-slide": ("tour.tour_images.en", ["/images/tour_en.png"]),
    "tour-flag": ("tour.is_tour", True),
    "dp-flag": ("dp.action_multiple", True),
    "key-of-widget-at-the-root": ("widget.version", "1.0.0"),
    "hidden-settings": ("left_menu.settings", {}),
    "hidden-item": ("left_menu.stats.is_hidden", True),
    "sort": ("left_menu.stats.submenu.a.sort", 7),
}
"""Rows of `FIXED` -> a path in the manifest and the value there afterwards."""


@pytest.mark.parametrize("name", WRITTEN)
def test_a_fix_writes_the_value_that_was_meant(shell: Shell, name: str) -> None:
    put(shell.folder / "w", next(row[1] for row in FIXED if row[0] == name))
    shell("check", "w", "--fix")
    path, expected = WRITTEN[name]
    value = json.loads((shell.folder / "w" / M).read_bytes())
    for key in path.split("."):
        value = value[key]
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize("row", FIXED, ids=[row[0] for row in FIXED])
def test_a_diff_shows_what_would_change_and_writes_nothing(shell: Shell, row: Row) -> None:
    _, edits, path, what = row
    put(shell.folder / "w", edits)
    before = shell.files("w")
    result = shell("check", "w", "--fix", "--diff")
    assert f"fix: w/{path}: {what}\n" in result.err
    assert result.err.splitlines()[-1].startswith("would fix ")
    assert shell.files("w") == before
    shell("check", "w", "--fix")
    changed = {name: data for name, data in shell.files("w").items() if data != before.get(name)}
    assert changed
    for name, data in changed.items():
        if not name.startswith("images/"):
            old, new = (text.decode().splitlines(True) for text in (before.get(name, b""), data))
            hunks = "".join(list(difflib.unified_diff(old, new))[2:])
            assert hunks in result.out
    assert ("Binary files" in result.out) is path.startswith("images/")


def test_diff_alone_is_refused(shell: Shell) -> None:
    put(shell.folder / "w")
    assert shell("check", "w", "--diff").code == 2


def test_a_diff_is_not_part_of_the_json_document(shell: Shell) -> None:
    put(shell.folder / "w", "script.js with crlf")
    assert json.loads(shell("check", "w", "--fix", "--diff", "--format=json").out)["findings"]


MANY_FAULTS = (
    "* with digital_pipeline\n* with tour\n"
    'manifest.json {"widget": {"init_once": "true", "version": null, "locale": ["en", "es", "es"]}, '
    '"locations": ["lcard-1", "settings-1", "digital_pipeline", "lcard-1"], '
    '"dp": {"action_multiple": null, "webhook_url": null}, '
    '"tour": {"tour_images": {"en": "/images/tour_en.png"}}, "scopes": ["crm"]}\n'
    "script.js with crlf\nimages/logo_min.png png 42x42\n"
    'i18n/es.json {"widget": {"name": null}}\ni18n/en.json with bom\nimages/logo.png absent'
)


def test_only_unambiguous_faults_are_fixed(shell: Shell) -> None:
    put(shell.folder / "w", MANY_FAULTS)
    (shell.folder / "w" / "images" / ".DS_Store").write_bytes(b"x")
    before = json.loads(shell("check", "w", "--format=json").out)["findings"]
    assert len(before) == 15
    shell("check", "w", "--fix")
    left = json.loads(shell("check", "w", "--format=json").out)["findings"]
    assert sorted(finding["code"] for finding in left) == ["E101", "G101", "M122"]
    assert not (shell.folder / "w" / "images" / ".DS_Store").exists()
    assert (shell.folder / "w" / "i18n" / "en.json").read_bytes()[:1] == b"{"


def test_files_left_by_a_system_are_deleted_but_not_those_of_people(shell: Shell) -> None:
    put(shell.folder / "w")
    for name in ("__MACOSX/._a", "images/Thumbs.db", "._script.js", "logo.psd", "script.js.bak", "old.zip"):
        (shell.folder / "w" / name).parent.mkdir(exist_ok=True)
        (shell.folder / "w" / name).write_bytes(b"x")
    before = set(shell.files("w"))
    assert "deleted: __MACOSX/\n" in shell("check", "w", "--fix", "--diff").out
    assert set(shell.files("w")) == before
    shell("check", "w", "--fix")
    assert before - set(shell.files("w")) == {"__MACOSX/._a", "images/Thumbs.db", "._script.js"}


def test_a_fix_that_would_cause_another_finding_is_not_made(shell: Shell) -> None:
    """If the null block were deleted, a rule of the marketplace would report the tour as missing."""
    put(shell.folder / "w", 'manifest.json replace\n    - "locations":\n    + "tour": null, "locations":')
    before = shell.files("w")
    shell("check", "w", "--fix", "--profile", "public")
    assert shell.files("w") == before


@pytest.mark.parametrize("place", ["w", "w/widget"], ids=["project", "widget"])
def test_nothing_is_written_through_a_link(shell: Shell, place: str) -> None:
    put(shell.folder / "victim", "script.js with crlf")
    (shell.folder / "w" / ".kommo-widget").mkdir(parents=True)
    (shell.folder / "w" / "widget").symlink_to(shell.folder / "victim")
    before = shell.files("victim")
    result = shell("check", place, "--fix")
    assert (result.code, "is a symbolic link" in result.err) == (2, True)
    assert shell.files("victim") == before


def test_two_thousand_texts_are_copied_in_one_run(shell: Shell) -> None:
    texts = {f"t{number}": f"Text {number}" for number in range(2000)}
    put(shell.folder / "w", f"i18n/en.json {json.dumps({'panel': texts, 'settings': texts})}\n"
        'i18n/es.json {"panel": {"t0": "a"}}')  # fmt: skip
    assert shell("check", "w", "--fix").out == "w: no findings\n"
    made = json.loads((shell.folder / "w" / "i18n" / "es.json").read_bytes())
    assert made["panel"]["t1999"] == made["settings"]["t1999"] == "[en] Text 1999"


def picture(width: int, height: int, colour: str) -> bytes:
    stream = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


PICTURES = [
    ("own-enlarged", {"logo_min": (42, 42, "red")}, "logo_min", "logo_min", "red"),
    ("sharper-of-the-same", {"logo_min": (42, 42, "red"), "logo_small": (108, 108, "red")}, "logo_min",
     "logo_small", "red"),
    ("another-picture", {"logo_min": (42, 42, "red"), "logo_small": (108, 108, "blue")}, "logo_min",
     "logo_min", "red"),
    ("wide-for-a-square", {"logo_min": (42, 42, "red"), "logo_medium": (240, 84, "red")}, "logo_min",
     "logo_min", "red"),
    ("own-of-a-like-shape", {"logo": (140, 80, "red"), "logo_main": (400, 272, "blue")}, "logo", "logo",
     "red"),
    ("nearest-shape", {"logo_min": (300, 20, "red"), "logo_main": (400, 272, "blue"),
                       "logo": (130, 100, "lime")}, "logo_min", "logo", "lime"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("pictures", "target", "source", "colour"), [row[1:] for row in PICTURES], ids=[r[0] for r in PICTURES]
)
def test_a_logo_is_made_from_the_nearest_picture(
    pictures: dict[str, tuple[int, int, str]], target: str, source: str, colour: str
) -> None:
    tree = {f"images/{name}.png": picture(*drawn) for name, drawn in pictures.items()}
    others = {path: data for path, data in edited("").tree.items() if not path.startswith("images/")}
    made = fix.apply_fixes(Archive(Tree(others | tree)), Context(), CheckOptions(select=("G104",)))
    assert made.changes == (
        next(line for line in made.changes if line.endswith(f"from images/{source}.png")),
    )
    image = Pillow.open(io.BytesIO(made.tree[f"images/{target}.png"]))
    assert image.getpixel((image.width // 2, image.height // 2)) == Pillow.new(
        "RGBA", (1, 1), colour
    ).getpixel((0, 0))


@pytest.mark.parametrize(("side", "is_made"), [(42, True), (41, False)])
def test_a_picture_is_enlarged_to_twice_its_size_at_most(side: int, is_made: bool) -> None:
    files = {path: data for path, data in edited("").tree.items() if not path.startswith("images/")}
    files["images/logo_min.png"] = picture(side, side, "red")
    made = fix.apply_fixes(Archive(Tree(files)), Context(), CheckOptions(select=("G104",)))
    assert (made.tree["images/logo_min.png"] != files["images/logo_min.png"]) is is_made
    assert bool(made.left) is not is_made


def test_a_logo_is_left_with_a_reason_if_no_picture_fits(shell: Shell) -> None:
    put(shell.folder / "w", "images/logo_min.png png 20x20\n" + "\n".join(
        f"images/{name}.png absent" for name in ("logo", "logo_main", "logo_small")))  # fmt: skip
    before = shell.files("w")
    result = shell("check", "w", "--fix")
    assert "left: w/images/logo_min.png: no picture of a similar shape is large enough" in result.err
    assert shell.files("w") == before


def test_a_picture_made_by_an_earlier_run_is_not_a_source() -> None:
    tree = {path: data for path, data in edited("").tree.items() if not path.startswith("images/")}
    tree |= {"images/logo.png": picture(100, 100, "red"), "images/logo_main.png": picture(272, 272, "red")}
    first = fix.apply_fixes(Archive(Tree(tree)), Context(), CheckOptions(select=("G104",)))
    assert is_marked(first.tree["images/logo_main.png"])
    small = Archive(Tree({**first.tree, "images/logo_small.png": picture(10, 10, "red")}))
    assert fix.apply_fixes(small, Context(), CheckOptions(select=("G104",))).changes == ()


def test_a_jpeg_named_png_is_saved_as_png(shell: Shell) -> None:
    put(shell.folder / "w")
    stream = io.BytesIO()
    Pillow.new("RGB", (400, 272), "red").save(stream, "JPEG")
    (shell.folder / "w" / "images" / "logo_main.png").write_bytes(stream.getvalue())
    assert shell("check", "w", "--fix").out == "w: no findings\n"
    made = read_image((shell.folder / "w" / "images" / "logo_main.png").read_bytes())
    assert (made.format, made.size) == ("PNG", (400, 272))


@pytest.mark.parametrize(
    ("name", "size", "is_made"),
    [
        ("logo", (130, 100), True),
        ("logo_dp", (174, 109), True),
        ("logo_small", (54, 54), True),
        ("logo_small", (53, 53), False),
        ("logo_small", (108, 54), False),
    ],
    ids=["always", "of-an-area", "half-the-size", "less-than-half", "another-shape"],
)
def test_a_missing_logo_is_made_from_the_same_one_in_another_format(
    shell: Shell, name: str, size: tuple[int, int], is_made: bool
) -> None:
    put(shell.folder / "w", f"* with digital_pipeline\nimages/{name}.png absent")
    Pillow.new("RGB", size, "red").save(shell.folder / "w" / "images" / f"{name}.jpg")
    result = shell("check", "w", "--fix")
    line = f"fix: w/images/{name}.png: save images/{name}.jpg as PNG\n"
    assert result.err == (f"{line}fixed 1 of 1 findings\n" if is_made else "")
    assert (result.out == "w: no findings\n") is is_made
    assert (shell.folder / "w" / "images" / f"{name}.png").exists() is is_made


def test_a_picture_named_as_a_text_file_is_not_changed(shell: Shell) -> None:
    put(shell.folder / "w")
    data = picture(24, 24, "red")
    assert b"\r\n" in data
    for name in ("images/home.svg", "style.css", "templates/a.twig"):
        (shell.folder / "w" / name).parent.mkdir(exist_ok=True)
        (shell.folder / "w" / name).write_bytes(data)
    found = json.loads(shell("check", "w", "--fix", "--format=json").out)["findings"]
    assert [(finding["code"], finding["path"]) for finding in found] == [("G115", "images/home.svg")]
    assert (shell.folder / "w" / "images" / "home.svg").read_bytes() == data


def test_a_copied_text_is_marked_with_the_language_it_is_in(shell: Shell) -> None:
    put(shell.folder / "w", 'i18n/es.json {"widget": {"name": null}}')
    shell("check", "w", "--fix")
    texts = json.loads((shell.folder / "w" / "i18n" / "es.json").read_text(encoding="utf-8"))
    assert texts["widget"]["name"] == "[en] Acme leads"


def test_several_faults_in_one_file_are_fixed_in_one_run(shell: Shell) -> None:
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


def test_a_missing_group_is_copied_with_texts_that_nothing_uses(shell: Shell) -> None:
    put(shell.folder / "w", 'i18n/en.json {"settings": {"hint": "Why"}}\ni18n/es.json {"settings": null}')
    assert shell("check", "w", "--fix").out == "w: no findings\n"
    texts = json.loads((shell.folder / "w" / "i18n" / "es.json").read_text(encoding="utf-8"))
    assert texts["settings"] == {"api_key": "[en] API key", "hint": "[en] Why"}


def test_a_text_missing_from_the_default_locale_is_copied_from_another(shell: Shell) -> None:
    put(shell.folder / "w", 'i18n/en.json {"widget": {"name": null}}')
    shell("check", "w", "--fix")
    texts = json.loads((shell.folder / "w" / "i18n" / "en.json").read_text(encoding="utf-8"))
    assert texts["widget"]["name"] == "[es] Acme prospectos"


LEFT_ALONE = [
    ("missing-logo", "images/logo.png absent", 1),
    ("nobody-has-it", 'i18n/es.json {"widget": {"name": null}}\ni18n/en.json {"widget": {"name": null}}', 1),
    ("a-text-in-the-way", 'i18n/es.json {"settings": "none"}', 1),
    ("not-json", 'i18n/es.json "{\\"a\\": "', 1),
    ("number-among-the-locales", 'manifest.json {"widget": {"locale": ["en", "es", 1]}}', 1),
    ("warning", "script.js inside\n    eval(self.a);", 0),
    ("secret", 'manifest.json {"widget": {"secret_key": "x"}}', 0),
    (
        "digits",
        f'manifest.json {{"left_menu": {{"a": {{"title": "widget.name", "submenu":'
        f' {{"b": {{"title": "widget.name", "sort": "{"9" * 5000}"}}}}}}}}}}',
        0,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edits", "code"), [row[1:] for row in LEFT_ALONE], ids=[row[0] for row in LEFT_ALONE]
)
def test_a_fault_that_needs_a_decision_is_left_alone(shell: Shell, edits: str, code: int) -> None:
    put(shell.folder / "w", edits)
    before = shell.files()
    result = shell("check", "w", "--fix")
    assert (result.code, result.err) == (code, "")
    assert shell.files() == before


def test_ignored_and_waived_findings_are_not_fixed(shell: Shell) -> None:
    put(shell.folder / "w", "script.js with crlf")
    before = shell.files()
    assert shell("check", "w", "--fix", "--ignore", "A123").err == ""
    assert shell.files() == before
    (shell.folder / "w" / ".kommo-widget.toml").write_text(
        '[[check.waivers]]\ncode = "A123"\nreason = "ours"\n'
    )
    assert shell("check", "w", "--fix").err == ""


def test_a_project_is_fixed_in_its_widget_folder(shell: Shell) -> None:
    put(shell.folder / "w", "script.js with crlf", record="public: false\n")
    assert shell("check", "w", "--fix").err == (
        "fix: w/widget/script.js: change 30 line ends to LF\nfixed 1 of 1 findings\n"
    )
    assert b"\r" not in (shell.folder / "w" / "widget" / "script.js").read_bytes()


def test_a_zip_is_not_fixed(shell: Shell) -> None:
    put(shell.folder / "w")
    shell("pack", "w", "-o", "w.zip")
    result = shell("check", "w.zip", "--fix")
    assert (result.code, result.err) == (
        2,
        "error: cannot fix w.zip: it is a file\nhint: give the folder that it was packed from\n",
    )


EVERYTHING = "".join(f"* with {part}\n" for part in PARTS if part != "amoforms")
BROKEN = ["manifest.json", "i18n/en.json", "i18n/es.json", "script.js"]


def broken(data: st.DataObject) -> Archive:
    """Return a widget with every area, damaged in ways that people damage files."""
    tree = dict(edited(EVERYTHING).tree)
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(BROKEN))
        text = tree[path].decode(errors="surrogateescape")
        at = data.draw(st.integers(0, len(text)))
        kind = data.draw(st.sampled_from(["cut", "put", "swap", "line", "crlf", "bom", "quote"]))
        if kind == "cut":
            text = text[:at] + text[at + data.draw(st.integers(1, 9)) :]
        elif kind == "put":
            text = (
                text[:at]
                + data.draw(st.sampled_from([",", '"', "}", "// a\n", "null", "true", "é"]))
                + text[at:]
            )
        elif kind == "swap":
            old, new = data.draw(st.sampled_from([
                ("true", '"true"'), ("false", '"N"'), ('"lcard-1"', '"lcard"'), ("{", "[]"), ("2", "1"),
                ("[", "{"), ('"en"', '"en_US"'), ('"name"', '"nmae"'), ('"es"', "null"),
                ('"settings"', '"settings-1"'),
            ]))  # fmt: skip
            text = text[:at] + text[at:].replace(old, new, 1)
        elif kind == "line":
            end = text.find("\n", at) + 1 or len(text)
            text = text[:at] + text[end:]
        elif kind == "crlf":
            text = text[:at] + text[at:].replace("\n", "\r\n")
        elif kind == "bom":
            text = "\ufeff" + text.removeprefix("\ufeff")
        else:
            text = text[:at] + text[at:].replace('"', "'", 2)
        tree[path] = text.encode(errors="surrogateescape")
    return Archive(Tree(tree))


@settings(max_examples=120)
@given(st.data(), st.sampled_from(["private", "public"]), st.sampled_from(["kommo", "amocrm"]))
def test_no_fix_causes_a_finding_or_touches_another_file(
    data: st.DataObject, profile: str, platform: str
) -> None:
    archive = broken(data)
    context = Context(profile, platform)
    before = lint(Widget(archive), context)
    made = fix.apply_fixes(archive, context)
    after = lint(Widget(archive._replace(tree=made.tree)), context)
    assert not kinds(after) - kinds(before)
    named = {line.partition(": ")[0] for line in made.changes}
    assert {path for path in made.tree if made.tree[path] != archive.tree.get(path)} <= named | {
        path for path in made.tree if b"\r\n" in archive.tree.get(path, b"")
    }
    again = fix.apply_fixes(archive._replace(tree=made.tree), context)
    assert again.tree == made.tree


def kinds(findings: "tuple[object, ...]") -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.path) for finding in findings)  # type: ignore[attr-defined]


def test_a_duplicate_key_with_another_value_is_left_with_a_reason(shell: Shell) -> None:
    put(shell.folder / "w", 'manifest.json replace\n    - "version":\n    + "version": "0.9.0", "version":')
    before = shell.files("w")
    result = shell("check", "w", "--fix")
    assert result.err == (
        "left: w/manifest.json: duplicate key `version`, first used in line 6, with another value: "
        "decide which one to keep\n"
    )
    assert "[*]" not in result.out
    assert shell.files("w") == before


def test_a_key_is_not_moved_into_a_missing_block() -> None:
    text = b'{"name": "Acme", "version": "1.0.0", "locations": ["lcard-1"]}'
    archive = Archive(Tree({"manifest.json": text}))
    assert fix.apply_fixes(archive, Context()).tree == archive.tree
    widget = Widget(archive)
    assert fix.fixable(widget, lint(widget), Context()) == frozenset()


def test_a_finding_that_cannot_be_fixed_is_not_marked_as_fixable(shell: Shell) -> None:
    """A file of a locale that Kommo lacks would be reported again after the move."""
    put(shell.folder / "w", 'i18n/ru/config.json copy i18n/es.json\n'
        'manifest.json {"widget": {"locale": ["en", "es", "ru"]}}')  # fmt: skip
    before = shell.files("w")
    shown = shell("check", "w").out
    assert "I102 the texts for `ru`" in shown
    assert "[*]" not in shown
    shell("check", "w", "--fix")
    assert shell.files("w") == before


def test_a_changed_file_is_parsed_again_and_the_others_are_not() -> None:
    widget = Widget(edited(""))
    seen, texts = widget.outline("script.js"), widget.document("i18n/en.json")
    files = {**widget.tree, "script.js": b"define([], function () {});"}
    other = widget.changed(widget.archive._replace(tree=Tree(files)))
    assert other.document("i18n/en.json") is texts
    assert other.outline("script.js") is not seen


WITH_A_TEST_OF_THEIR_OWN = {"A120", "G101", "G102", "G105"}
"""Files that a system left, and logos: the edits of `FIXED` cannot make pictures that can be drawn."""


def test_every_fixer_has_a_case() -> None:
    planted = {f.code for row in FIXED for f in lint(Widget(edited(row[1])))}
    assert FIXERS.keys() <= planted | WITH_A_TEST_OF_THEIR_OWN
