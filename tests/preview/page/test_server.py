"""The tab “Server”, and PHP behind it: one timeline, from a click to a note."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.cases import answers_for, answers_of
from tests.php.projects import write_project
from tests.preview.page.playing import Played, played

SERVER = "https://odd.zeta.example/deep"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a back end; read only."""
    blocks = {
        "digital_pipeline": {"webhook_url": f"{SERVER}/digital_pipeline.php"},
        "mobile_card": {"frame_url": f"{SERVER}/mobile.php", "color": "#204ecf"},
        "backend": {"url": SERVER, "oauth": True},
    }
    answers = answers_of(
        answers_for("lcard-1", "settings", "digital_pipeline", "mobile_card", code="zQ9_tail", **blocks)
    )
    folder = write_project(answers, tmp_path_factory.mktemp("served") / "project")
    (folder / ".kommo-widget").mkdir(exist_ok=True)
    (folder / ".kommo-widget/answers.yml").write_text(f"code: zQ9_tail\nbackend: {{url: '{SERVER}'}}\n")
    return folder


@pytest.fixture
def folder(project: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return shutil.copytree(project, tmp_path / "project")


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Played]:
    """Its preview, before PHP is started."""
    with played(browser, folder) as page:
        page.open("area=lcard")
        yield page


def start_php(page: Played) -> None:
    page.page.get_by_role("button", name="Run backend/public with PHP").click()
    page.page.get_by_text("PHP serves your back end at").wait_for()


def choose(page: Played, name: str, variant: str) -> None:
    page.page.locator(".tabs__item[data-tab=server]").click()
    page.page.locator(".server select").first.select_option(name)
    page.page.locator(".server select").nth(1).select_option(variant)


def send(page: Played, name: str, variant: str) -> str:
    """Send a request with the form; return the result it shows."""
    choose(page, name, variant)
    page.page.get_by_role("button", name="Send", exact=True).click()
    result = page.page.locator(".server__result > p").first
    result.and_(page.page.locator(":not(:text('Sending'))")).wait_for()
    return result.inner_text()


def test_it_shows_requests_addresses_and_expected_answers(page: Played) -> None:
    choose(page, "digital_pipeline", "wrong_secret")
    assert page.page.locator(".server input").input_value() == f"{SERVER}/digital_pipeline.php"
    assert page.page.get_by_text("Expected: the endpoint should refuse it with 403.").is_visible()
    assert page.page.locator(".server summary").first.inner_text() == "backend/samples/digital_pipeline.json"
    assert send(page, "digital_pipeline", "valid").startswith(
        "not sent: the address is not on this machine: "
    )


def test_from_a_click_to_a_note(page: Played) -> None:
    choose(page, "card", "valid")
    start_php(page)
    address = page.page.locator(".server__php code").inner_text()
    assert send(page, "card", "expired") == f"401 from {address}/card.php"
    assert page.page.locator(".server__good").is_visible()
    page.show("digital_pipeline")
    page.stage.get_by_role("button", name="Send event").click()
    page.stage.get_by_text("As expected.").wait_for()
    page.page.locator(".log__line", has_text="handled: lead_added: lead 1001").wait_for(state="attached")
    lines = page.log("note")
    order = [
        "PHP serves backend/public", "GET /oauth.php", "the server asked POST /oauth2/access_token",
        "GET /card.php (expired token) → 401, as expected", "card: refused with 401",
        "POST /digital_pipeline.php", "the server asked POST /api/v4/leads/1001/notes", "handled: lead_added",
    ]  # fmt: skip
    places = [next(at for at, line in enumerate(lines) if text in line) for text in order]
    assert places == sorted(places), lines
    # the note is in the feed, and the script's own question is answered by PHP
    page.show("lcard")
    page.stage.locator(".feed-note", has_text="lead_added: lead 1001").wait_for()
    page.page.locator(".log__line", has_text=f"GET {SERVER}/card.php → 200").wait_for(state="attached")
    page.show("mobile_card")
    page.stage.frame_locator("iframe.crm-phone__frame").get_by_text("leads 1001").wait_for()


def test_a_result_and_an_edited_sample_stay_if_the_back_end_reports_a_problem(
    page: Played, folder: Path
) -> None:
    (folder / "backend/handlers/card.php").write_text(
        "<?php return static function (): array { error_log('ParseError: odd in x.php:3'); return []; };"
    )
    choose(page, "card", "valid")
    start_php(page)
    page.page.locator(".server summary").first.click()
    sample = page.page.get_by_label("Sample as JSON")
    edited = sample.input_value() + "\n"
    sample.fill(edited)
    page.page.get_by_role("button", name="Send", exact=True).click()
    result = page.page.locator(".server__result > p", has_text="200 from")
    result.wait_for()
    page.page.locator(".log__line", has_text="x.php:3: odd").first.wait_for(state="attached")
    page.log()
    assert (result.is_visible(), sample.input_value()) == (True, edited)


def test_the_end_of_php_is_reported_and_it_gets_no_more_requests(page: Played, folder: Path) -> None:
    choose(page, "card", "valid")
    start_php(page)
    # the script's own request, after which only the form sends one
    page.page.locator(".log__line", has_text=f"GET {SERVER}/card.php → 200").wait_for(state="attached")
    (folder / "backend/handlers/card.php").write_text(
        "<?php return static function (): array { posix_kill(getmypid(), SIGKILL); return []; };"
    )
    page.page.get_by_role("button", name="Send", exact=True).click()
    page.page.locator(".server__bad", has_text="PHP's web server has ended, with code").wait_for()
    page.page.get_by_role("button", name="Run backend/public with PHP").wait_for()
    page.page.wait_for_function("!document.querySelector('.server__php code')")
    failed = page.page.locator(".log__line_failed", has_text="PHP's web server has ended")
    failed.wait_for(state="attached")
    asked = "fetch('/_preview/state.json').then(reply => reply.json()).then(state => state.server.address)"
    assert page.page.evaluate(asked) == ""


def test_a_sample_is_edited_for_one_request(page: Played) -> None:
    choose(page, "mobile", "valid")
    page.page.locator(".server summary").first.click()
    sample = page.page.get_by_label("Sample as JSON")
    sample.fill('{"method": "GET", "address": 5}')
    page.page.get_by_role("button", name="Send", exact=True).click()
    page.page.get_by_text("the sample: `address` must be a path").wait_for()
