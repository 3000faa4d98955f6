"""`add`, `remove` and `update` on disk: what they print, what they write, and when they refuse."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from scaffold import __version__
from scaffold.project import layout, state, transaction
from tests.check.disk import put
from tests.project.test_journal import Killed, failing
from tests.shell import Shell

RELEASED = Path(__file__).parent / "released"
MARKER = "<<<<<<< yours"


@pytest.fixture
def acme(shell: Shell) -> Shell:
    """A project `acme` with the default answers, in the current folder."""
    assert shell("new", "acme", "--defaults").code == 0
    return shell


def edit(shell: Shell, path: str, old: str, new: str) -> None:
    place = shell.folder / "acme" / path
    text = place.read_text(encoding="utf-8")
    assert old in text, path
    place.write_text(text.replace(old, new, 1), encoding="utf-8")


def actions(out: str) -> dict[str, str]:
    return {change["path"]: change["action"] for change in json.loads(out)["changes"]}


def test_add_reports_the_action_for_each_file(acme: Shell) -> None:
    edit(acme, "widget/script.js", "'use strict';", "'use strict';\n\n  const MINE = 1;")
    result = acme("add", "llist-0", "--dir", "acme", "--json")
    document = json.loads(result.out)
    assert (result.code, document["path"]) == (0, "acme")
    assert actions(result.out) | {
        "widget/script.js": "merge",
        "widget/manifest.json": "merge",
        "widget/templates/selection.twig": "create",
        "widget/images/logo.png": "same",
    } == actions(result.out)
    assert "const MINE = 1;" in acme.files("acme")["widget/script.js"].decode()
    assert b'"llist-0"' in acme.files("acme")["widget/manifest.json"]
    assert b"areas: [lcard-1, settings, llist-0]\n" in acme.files("acme")[layout.ANSWERS]


def test_running_a_command_again_writes_nothing(acme: Shell) -> None:
    acme("add", "llist-0", "--dir", "acme")
    before = {path: path.stat().st_mtime_ns for path in (acme.folder / "acme").rglob("*")}
    result = acme("add", "llist-0", "--dir", "acme")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("identical: ")
    assert {path: path.stat().st_mtime_ns for path in (acme.folder / "acme").rglob("*")} == before


@pytest.mark.parametrize("area", ["llist-0", "digital_pipeline", "card_sdk", "salesbot_designer"])
def test_remove_restores_every_file_to_the_byte(acme: Shell, area: str) -> None:
    edit(acme, layout.ANSWERS, "areas: [lcard-1, settings]", "areas:\n  - lcard-1  # mine\n  - settings\n")
    edit(acme, "README.md", "## ", "Mine.\n\n## ")
    before = acme.files("acme")
    url = "digital_pipeline.webhook_url=https://hooks.acme.example/x.php"
    given = ("--set", url) if area == "digital_pipeline" else ()
    assert acme("add", area, "--dir", "acme", *given).code == 0
    assert acme.files("acme") != before
    assert acme("remove", area, "--dir", "acme").code == 0
    assert acme.files("acme") == before


def test_a_language_can_be_added_and_removed(acme: Shell) -> None:
    before = acme.files("acme")
    assert acme("add", "--locale", "es", "pt", "--dir", "acme").code == 0
    files = acme.files("acme")
    assert {"widget/i18n/es.json", "widget/i18n/pt.json"} <= files.keys()
    assert json.loads(files["widget/manifest.json"])["widget"]["locale"] == ["en", "es", "pt"]
    assert acme("remove", "--locale", "es", "--locale", "pt", "--dir", "acme").code == 0
    assert acme.files("acme") == before
    result = acme("add", "--locale", "ru", "--dir", "acme")
    assert (result.code, "not a language of kommo" in result.err) == (2, True)


def test_default_texts_are_added_and_removed_with_their_language(shell: Shell) -> None:
    areas = "areas=settings,digital_pipeline,salesbot_designer"
    url = "digital_pipeline.webhook_url=https://hooks.acme.example/x.php"

    def made(folder: str, locales: str) -> dict[str, bytes]:
        sets = (f"locales={locales}", "code=acme", "name=Acme", areas, url)
        assert shell("new", folder, *(part for text in sets for part in ("--set", text))).code == 0
        return shell.files(folder)

    two, three = made("acme", "en,es"), made("whole", "en,es,pt")
    assert shell("add", "--locale", "pt", "--dir", "acme").code == 0
    assert shell.files("acme") == three
    assert shell("remove", "--locale", "pt", "--dir", "acme").code == 0
    assert shell.files("acme") == two


def test_a_text_that_a_new_language_needs_can_be_set(shell: Shell) -> None:
    given = ("--set", "locales=en,es", "--set", "name.en=Leads", "--set", "name.es=Prospectos")
    shell("new", "acme", "--defaults", *given)
    refused = shell("add", "--locale", "pt", "--dir", "acme")
    assert (refused.code, "or with --set name.pt=TEXT" in refused.err) == (2, True)
    assert shell("add", "--locale", "pt", "--dir", "acme", "--set", "name.pt=Oportunidades").code == 0
    assert b"  pt: Oportunidades\n" in shell.files("acme")[layout.ANSWERS]


def test_the_answers_of_an_added_area_are_validated(acme: Shell) -> None:
    before = acme.files("acme")
    result = acme("add", "digital_pipeline", "--dir", "acme")
    assert (result.code, "`digital_pipeline.webhook_url` is missing" in result.err) == (2, True)
    acme.write("more.json", {"digital_pipeline": {"webhook_url": "http://a.example"}})
    result = acme("add", "digital_pipeline", "--dir", "acme", "--answers", "more.json")
    assert (result.code, "more.json:1:" in result.err) == (2, True)
    acme.write("areas.json", {"areas": ["settings"]})
    result = acme("add", "digital_pipeline", "--dir", "acme", "--answers", "areas.json")
    assert (result.code, "answers `areas`" in result.err) == (2, True)
    assert acme.files("acme") == before
    (acme.folder / "more.yml").write_text("digital_pipeline: {webhook_url: 'https://a.example/x.php'}\n")
    assert acme("add", "digital_pipeline", "--dir", "acme", "--answers", "more.yml").code == 0
    (acme.folder / "none.yml").write_text("")
    assert acme("add", "llist-0", "--dir", "acme", "--answers", "none.yml").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("add", "lcrd"), "`lcrd` is not an area, did you mean `lcard`?"),
        (("add", "lcard-0"), "the widget has `lcard-1`, which cannot be combined with `lcard-0`"),
        (("add", "widget_page"), "only a public integration may have"),
        (("add",), "name an area"),
        (("add", "llist-0", "--diff"), "--diff requires --dry-run"),
        (("remove", "lcard-1", "settings"), "must name at least one area"),
        (("remove", "--locale", "en"), "must"),
        (("add", "--abort"), "there is no merge to abort"),
    ],
)
def test_an_impossible_request_is_refused_and_writes_nothing(
    acme: Shell, arguments: tuple[str, ...], message: str
) -> None:
    before = acme.files("acme")
    result = acme(*arguments, "--dir", "acme")
    assert (result.code, acme.files("acme")) == (2, before)
    assert message in result.err


def test_an_area_that_another_needs_is_not_removed(acme: Shell) -> None:
    acme("add", "card_sdk", "--dir", "acme")
    before = acme.files("acme")
    result = acme("remove", "lcard", "--dir", "acme")
    assert (result.code, acme.files("acme")) == (2, before)
    assert result.err.splitlines()[0] == "error: cannot remove lcard"
    assert "`card_sdk`, which needs" in result.err


def test_edited_parts_of_a_removed_area_are_kept_and_reported(acme: Shell) -> None:
    acme("add", "llist-0", "--dir", "acme")
    edit(
        acme,
        "widget/script.js",
        "selected: function () {",
        "selected: function () {\n          self.mine = 1;",
    )
    edit(acme, "widget/templates/selection.twig", "<", "<!-- mine --><")
    result = acme("remove", "llist-0", "--dir", "acme")
    assert result.code == 0
    assert "kept because it was edited: leads" in result.out
    assert "keep      widget/templates/selection.twig  (edited by hand" in result.out
    files = acme.files("acme")
    assert b"self.mine = 1;" in files["widget/script.js"]
    assert b"llist" not in files["widget/manifest.json"]


def test_a_deleted_file_stays_deleted(acme: Shell) -> None:
    (acme.folder / "acme/README.md").unlink()
    result = acme("add", "llist-0", "--dir", "acme")
    assert "keep      README.md  (deleted by hand: stays deleted)" in result.out
    assert "README.md" not in acme.files("acme")


def test_pictures_and_other_files_of_the_user_are_not_changed(acme: Shell) -> None:
    (acme.folder / "acme/widget/images/logo.png").write_bytes(b"\x89PNG mine")
    (acme.folder / "acme/widget/mine.js").write_bytes(b"mine\r\n")
    acme(
        "add",
        "digital_pipeline",
        "--dir",
        "acme",
        "--set",
        "digital_pipeline.webhook_url=https://a.example/x",
    )
    files = acme.files("acme")
    assert files["widget/images/logo.png"] == b"\x89PNG mine"
    assert files["widget/mine.js"] == b"mine\r\n"
    assert files["widget/images/logo_dp.png"].startswith(b"\x89PNG")


def test_an_area_can_be_added_to_a_moved_checkout_with_crlf(acme: Shell) -> None:
    for place in (acme.folder / "acme").rglob("*"):
        if place.is_file() and place.suffix != ".png":
            place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    script = acme.folder / "acme/widget/script.js"
    script.write_bytes(b"\xef\xbb\xbf" + script.read_bytes().removesuffix(b"\r\n"))
    (acme.folder / "acme").rename(acme.folder / "other")
    assert acme("add", "llist-0", "--dir", "other").code == 0
    data = acme.files("other")["widget/script.js"]
    assert data.startswith(b"\xef\xbb\xbf/**\r\n")
    assert not data.endswith(b"\n")
    assert b"leads: {" in data
    assert data.count(b"\n") == data.count(b"\r\n")


def dry(shell: Shell, *arguments: str) -> tuple[int, str]:
    before = shell.files("acme")
    result = shell(*arguments, "--dir", "acme", "--dry-run")
    assert shell.files("acme") == before
    return result.code, result.out


def test_a_dry_run_writes_nothing(acme: Shell) -> None:
    code, out = dry(acme, "add", "llist-0")
    assert code == 0
    assert "create    widget/templates/selection.twig" in out.splitlines()
    code, out = dry(acme, "add", "llist-0", "--diff")
    assert "--- a/widget/manifest.json\n+++ b/widget/manifest.json\n" in out
    assert '+    "llist-0"\n' in out
    assert "--- /dev/null\n+++ b/widget/templates/selection.twig\n" in out


def in_conflict(shell: Shell) -> None:
    """Let the user and the area change the same line of the README, and the same value of the manifest."""
    edit(shell, "README.md", "`lcard-1`", "`lcard-1` (mine)")
    pristine = shell.folder / "acme" / layout.PRISTINE
    text = pristine.read_text(encoding="utf-8")
    pristine.write_text(
        text.replace("`lcard-1`", "`lcard-9`", 1).replace('"version": "1.0.0"', '"version": "0.9.0"'),
        encoding="utf-8",
    )
    edit(shell, "widget/manifest.json", '"version": "1.0.0"', '"version": "7.0.0"')


def test_a_conflict_is_marked_reported_and_can_be_undone(acme: Shell) -> None:
    in_conflict(acme)
    before = acme.files("acme")
    result = acme("add", "llist-0", "--dir", "acme", "--json")
    document = json.loads(result.out)
    changes = {change["path"]: change for change in document["changes"]}
    text = acme.files("acme")["README.md"].decode().split("\n")
    assert result.code == 1
    assert changes["README.md"]["action"] == changes["widget/manifest.json"]["action"] == "conflict"
    [line] = changes["README.md"]["lines"]
    assert text[line - 1] == MARKER
    assert [mark for mark in text if mark.startswith((">>>>>>>", "|||||||"))] == [
        "||||||| before", ">>>>>>> with llist-0",
    ]  # fmt: skip
    manifest = json.loads(acme.files("acme")["widget/manifest.json"])
    assert (manifest["widget"]["version"], "llist-0" in manifest["locations"]) == ("7.0.0", True)
    assert "resolve the conflicts" in document["next_steps"][0]
    again = acme("add", "catalogs", "--dir", "acme", "--set", "catalogs.list_id=1")
    assert (again.code, "still has conflicts from `add llist-0`" in again.err) == (2, True)
    undone = acme("add", "--abort", "--dir", "acme")
    assert (undone.code, undone.err) == (0, "restored the files from before `add llist-0`\n")
    assert acme.files("acme") == before


def test_the_next_command_runs_after_a_conflict_is_resolved(acme: Shell) -> None:
    in_conflict(acme)
    acme("add", "llist-0", "--dir", "acme")
    place = acme.folder / "acme/README.md"
    lines = place.read_text(encoding="utf-8").split("\n")
    marks = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
    place.write_text("\n".join(line for line in lines if not line.startswith(marks)), encoding="utf-8")
    assert acme("add", "clist-0", "--dir", "acme").code == 0
    assert layout.UNDO not in acme.files("acme")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@t.test", "-c", "core.autocrlf=false", *arguments],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def test_uncommitted_changes_stop_a_command(acme: Shell) -> None:
    git(acme.folder, "init", "-q")
    git(acme.folder, "add", "-A")
    git(acme.folder, "commit", "-q", "-m", "x")
    edit(acme, "README.md", "## ", "Mine.\n\n## ")
    edit(acme, "widget/templates/panel.twig", "<", "<!-- mine --><")
    before = acme.files("acme")
    result = acme("add", "llist-0", "--dir", "acme")
    assert (result.code, acme.files("acme")) == (2, before)
    assert result.err.splitlines()[:2] == [
        "error: files that would change are modified and not committed", "README.md",
    ]  # fmt: skip
    assert "panel.twig" not in result.err
    assert dry(acme, "add", "llist-0")[0] == 0
    assert acme("add", "llist-0", "--dir", "acme", "--force").code == 0
    git(acme.folder, "commit", "-q", "-a", "-m", "y")
    assert acme("remove", "llist-0", "--dir", "acme").code == 0


def test_untracked_files_do_not_stop_a_command(acme: Shell) -> None:
    git(acme.folder, "init", "-q")
    assert acme("add", "llist-0", "--dir", "acme").code == 0


@pytest.mark.parametrize("command", ["add", "remove", "update"])
def test_a_kill_at_any_write_of_a_command_leaves_the_old_or_the_new_files(acme: Shell, command: str) -> None:
    edit(acme, "widget/script.js", "'use strict';", "'use strict';\n\n  const MINE = 1;")
    if command == "remove":
        acme("add", "llist-0", "--dir", "acme")
    if command == "update":
        shutil.rmtree(acme.folder / "acme")
        shutil.copytree(RELEASED / "minimal/.kommo-widget/pristine", acme.folder / "acme")
        shutil.copytree(RELEASED / "minimal/.kommo-widget", acme.folder / "acme/.kommo-widget")
    arguments = ("update", "acme") if command == "update" else (command, "llist-0", "--dir", "acme")
    shutil.copytree(acme.folder / "acme", acme.folder / "spare")
    before = acme.files("acme")
    with failing(0, Killed) as calls:
        assert acme(*arguments).code == 0
    after, total = acme.files("acme"), len(calls)
    for number in range(1, total + 1, max(1, total // 12)):
        shutil.rmtree(acme.folder / "acme")
        shutil.copytree(acme.folder / "spare", acme.folder / "acme")
        with pytest.raises(Killed), failing(number, Killed):
            acme(*arguments)
        result = acme("add", "--abort", "--dir", "acme")
        assert (result.code, "there is no merge to abort" in result.err) == (2, True)
        held = acme.files("acme")
        assert held in (before, after), number
        assert ("which had been interrupted" in result.err) == (held == after), number
        assert acme(*arguments).code == 0
        assert acme.files("acme") == after


@pytest.mark.parametrize("command", ["check", "pack"])
def test_check_and_pack_finish_an_interrupted_command(acme: Shell, command: str) -> None:
    with pytest.raises(Killed), failing(12, Killed):
        acme("add", "llist-0", "--dir", "acme")
    assert (acme.folder / "acme" / layout.JOURNAL).exists()
    result = acme(command, "acme")
    assert "finished `add llist-0`, which had been interrupted" in result.err
    assert not (acme.folder / "acme" / layout.JOURNAL).exists()
    assert transaction.recover(acme.folder / "acme") == ""


@pytest.mark.parametrize("command", ["check", "pack"])
def test_check_and_pack_finish_an_interrupted_adoption(shell: Shell, command: str) -> None:
    folder = shell.folder / "acme"
    put(folder)
    with pytest.raises(Killed), failing(6, Killed):
        shell("adopt", "acme")
    assert (folder / layout.JOURNAL).exists()
    assert not (folder / layout.ANSWERS).exists()
    result = shell(command, "acme")
    assert "finished `adopt`, which had been interrupted" in result.err
    assert (folder / layout.ANSWERS).exists()
    assert not (folder / layout.JOURNAL).exists()


@pytest.mark.parametrize("name", ["minimal", "all-areas", "widget-php"])
def test_a_project_of_the_released_version_is_updated(shell: Shell, name: str) -> None:
    shutil.copytree(RELEASED / name / ".kommo-widget/pristine", shell.folder / "acme")
    shutil.copytree(RELEASED / name / ".kommo-widget", shell.folder / "acme/.kommo-widget")
    edit(shell, "widget/script.js", "'use strict';", "'use strict';\n\n  const MINE = 1;")
    edit(shell, "widget/style.css", "", "/* mine */\n")
    result = shell("update", "acme")
    assert result.code == 0, result.out
    files = shell.files("acme")
    assert "moved to format 2 of the record" in result.err
    assert not [path for path in files if path.startswith(f"{layout.RELEASED_PRISTINE}/")]
    assert state.parse(files[layout.STATE], "").version == __version__
    assert b"const MINE = 1;" in files["widget/script.js"]
    assert files["widget/style.css"].startswith(b"/* mine */\n")
    assert shell("new", "again", "--answers", f"acme/{layout.ANSWERS}").code == 0
    fresh = shell.files("again")
    mine = ("widget/script.js", "widget/style.css", layout.ANSWERS)
    assert {p: d for p, d in files.items() if p not in mine} == {
        p: d for p, d in fresh.items() if p not in mine
    }
    assert shell("update", "acme").out.startswith("identical: ")


def test_a_newer_record_is_refused(acme: Shell) -> None:
    place = acme.folder / "acme" / layout.STATE
    place.write_bytes(state.State(format=state.FORMAT + 1, version="9.0.0").dump())
    before = acme.files("acme")
    for arguments in (("update", "acme"), ("add", "llist-0", "--dir", "acme")):
        result = acme(*arguments)
        assert (result.code, "a newer kommo-widget (9.0.0) wrote the record" in result.err) == (2, True)
    assert acme.files("acme") == before


def test_without_a_project_the_error_suggests_adopt(shell: Shell) -> None:
    result = shell("add", "llist-0")
    assert (result.code, "kommo-widget adopt" in result.err) == (2, True)
