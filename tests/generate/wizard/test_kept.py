"""Answers kept from a wizard that was stopped: enough to resume within a week, and no secrets."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scaffold.generate.answers.blocks import Catalogs
from scaffold.generate.wizard.kept import Kept
from scaffold.generate.wizard.resuming import KEPT
from tests.generate.wizard.driving import (
    BACK,
    CTRL_C,
    CUSTOMISING,
    ENTER,
    TO_AREAS,
    TO_HOW,
    TO_REVIEW,
    choosing,
    drive,
    ticking,
)
from tests.shell import Shell

DEST = "/srv/acme"
GO_ON, ANEW = ENTER, choosing(1)
ENOUGH = ENTER * 40
WEEK_S = 7 * 24 * 3600
OFFER = "? Continue where you stopped?"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "kommo-widget" / "drafts"


def stopped(*keys: str, dest: str = DEST, **options: Any) -> Path:
    """Stop a wizard after `keys` and return the file that it keeps."""
    run = drive(*keys, CTRL_C, kept=Kept(dest), **options)
    assert run.answers is None
    assert run.text.endswith(KEPT)
    (path,) = Path(os.environ["XDG_CACHE_HOME"]).glob("kommo-widget/drafts/*.json")
    return path


def test_the_next_run_offers_to_resume_and_asks_the_rest() -> None:
    stopped("Acme", ENTER, ticking("catalogs"))
    run = drive(kept=Kept(DEST), folder="")
    assert run.prompt.startswith(OFFER)
    assert "answered so far: Acme; Lead card, Installation window, Lists SDK" in " ".join(run.prompt.split())
    run = drive(GO_ON, "7", ENTER, ENOUGH, kept=Kept(DEST))
    assert "? Name" not in run.text
    assert run.answers is not None
    assert (run.answers.name, run.answers.catalogs) == ({"en": "Acme"}, Catalogs(7))


def test_resuming_starts_at_the_page_that_was_left() -> None:
    stopped("Acme", ENTER * 3)
    assert drive(GO_ON, kept=Kept(DEST)).prompt.startswith("? Ready to write?")


def test_a_customised_run_resumes_customised() -> None:
    stopped(TO_HOW, CUSTOMISING, ENTER)
    assert drive(GO_ON, kept=Kept(DEST)).prompt.startswith("? Code of the widget")


def test_one_can_go_back_after_resuming() -> None:
    stopped("Acme", ENTER * 2)
    assert "> Acme" in drive(GO_ON, BACK * 2, kept=Kept(DEST)).prompt
    assert drive(BACK, kept=Kept(DEST)).prompt.startswith(OFFER)


def test_starting_over_forgets_the_answers(cache: Path) -> None:
    stopped("Acme", ENTER * 2)
    assert "> Demo" in drive(ANEW, kept=Kept(DEST)).prompt
    assert list(cache.iterdir()) == []


def test_answers_on_the_command_line_override_kept_ones() -> None:
    stopped("Acme", ENTER * 2)
    answers = drive(GO_ON, ENOUGH, kept=Kept(DEST), given=["name=Other"]).answers
    assert answers is not None
    assert answers.name == {"en": "Other"}


def test_nothing_is_kept_before_the_first_answer(cache: Path) -> None:
    run = drive("Acme", CTRL_C, kept=Kept(DEST))
    assert "kept" not in run.text
    assert list(cache.iterdir()) == []


def test_cancelling_forgets_the_answers(cache: Path) -> None:
    assert drive(TO_REVIEW, choosing(1), kept=Kept(DEST)).answers is None
    assert list(cache.iterdir()) == []


def test_answers_are_kept_until_the_widget_is_written(cache: Path) -> None:
    assert drive(ENOUGH, kept=Kept(DEST)).answers is not None
    assert len(list(cache.iterdir())) == 1
    Kept(DEST).drop()
    assert list(cache.iterdir()) == []


def test_another_destination_has_its_own_answers() -> None:
    stopped(TO_AREAS)
    assert drive(kept=Kept("/srv/other")).prompt.startswith("? Name")
    assert drive(kept=Kept(f"{DEST}/")).prompt.startswith("? Name")


def test_only_the_user_can_read_the_file() -> None:
    path = stopped(TO_AREAS)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("age", "there"), [(WEEK_S - 60, True), (WEEK_S + 60, False)])
def test_kept_answers_expire_after_a_week(age: int, there: bool) -> None:
    path = stopped(TO_AREAS)
    written = path.stat().st_mtime
    run = drive(kept=Kept(DEST, now=lambda: written + age))
    assert run.prompt.startswith(OFFER) is there
    assert path.exists() is there


def test_expired_answers_for_other_destinations_are_deleted_too() -> None:
    old = stopped(TO_AREAS)
    drive(kept=Kept("/srv/other", now=lambda: old.stat().st_mtime + WEEK_S + 60))
    assert not old.exists()


@pytest.mark.parametrize(
    ("given", "secret"),
    [
        pytest.param("digital_pipeline.webhook_url=https://a.example/h?k=s3cret", "s3cret", id="query"),
        pytest.param("digital_pipeline.webhook_url=https://a.example/h#s3cret", "s3cret", id="fragment"),
        pytest.param("support.link=https://a.example/?token=s3cret", "s3cret", id="link"),
        pytest.param("template.source=/srv/s3cret", "s3cret", id="template"),
        pytest.param("template.answers.token=s3cret", "s3cret", id="template's own"),
    ],
)
def test_no_secret_is_kept(given: str, secret: str) -> None:
    path = stopped(ENTER * 3, given=["areas=digital_pipeline,settings", given, "name=Acme"])
    text = path.read_text(encoding="utf-8")
    assert secret not in text
    assert "Acme" in text


def test_an_address_is_kept_only_if_it_has_no_query() -> None:
    to_address = TO_AREAS + ticking("digital_pipeline")
    stopped(to_address, "https://a.example/hook", ENTER)
    assert drive(GO_ON, kept=Kept(DEST)).prompt.startswith("? How do you want")
    drive(ANEW, to_address, "https://a.example/hook?k=1", ENTER, CTRL_C, kept=Kept(DEST))
    assert drive(GO_ON, kept=Kept(DEST)).prompt.startswith("? Address of your endpoint")


def _document(**members: Any) -> str:
    usual = {"format": 1, "destination": DEST, "customised": False, "passed": ["name@en"], "answers": {}}
    return json.dumps({**usual, **members})


def _open_to_others(path: Path) -> None:
    path.chmod(0o644)


def _linked(path: Path) -> None:
    path.replace(path.parent / "elsewhere")
    path.symlink_to(path.parent / "elsewhere")


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_text("{"), id="cut off"),
        pytest.param(lambda path: path.write_bytes(b"\xff\xfe"), id="no text"),
        pytest.param(lambda path: path.write_text("[]"), id="no map"),
        pytest.param(lambda path: path.write_text("[" * 100_000), id="deep"),
        pytest.param(lambda path: path.write_text(" " * 1_000_001), id="large"),
        pytest.param(lambda path: path.write_text(_document(format=2)), id="another version"),
        pytest.param(lambda path: path.write_text(_document(destination="/x")), id="another destination"),
        pytest.param(lambda path: path.write_text(_document(answers=[])), id="answers are no map"),
        pytest.param(lambda path: path.write_text(_document(passed=7)), id="steps are no list"),
        pytest.param(_open_to_others, id="open to others"),
        pytest.param(_linked, id="a link"),
    ],
)
def test_an_invalid_file_is_ignored_with_one_line(spoil: Callable[[Path], object]) -> None:
    spoil(stopped(TO_AREAS))
    run = drive(kept=Kept(DEST), columns=200)
    assert run.prompt.startswith("? Name")
    assert [line for line in run.text.split("\n") if line.startswith("ignored the answers kept in `")] != []
    assert drive("Acme", ENTER, CTRL_C, kept=Kept(DEST)).answers is None
    assert drive(kept=Kept(DEST)).prompt.startswith(OFFER)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"name": 7}, id="wrong type"),
        pytest.param({"nam": "x"}, id="unknown key"),
        pytest.param({"areas": ["nowhere"], "locales": 5, "platform": []}, id="unknown area"),
        pytest.param({"template.source": "https://a.example/t.git"}, id="a template"),
    ],
)
def test_invalid_answers_are_dropped(answers: dict[str, Any]) -> None:
    stopped(TO_AREAS).write_text(_document(answers=answers))
    done = drive(GO_ON, ENOUGH, kept=Kept(DEST)).answers
    assert done == drive(ENOUGH).answers


def test_without_a_cache_folder_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")
    assert drive(TO_AREAS, CTRL_C, kept=Kept(DEST)).answers is None
    assert drive(ENOUGH, kept=Kept(DEST)).answers is not None


def test_runs_without_questions_ignore_kept_answers(shell: Shell) -> None:
    path = stopped("Acme", ENTER, dest=str(shell.folder / "demo"))
    assert shell("new", "demo", "--defaults").code == 0
    assert b"name: Demo\n" in shell.files()["demo/.kommo-widget/answers.yml"]
    assert path.exists()
