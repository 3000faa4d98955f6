"""Widgets that are not among the cases: `check` has nothing to say, and nothing throws in the CRM."""

from pathlib import Path

import pytest

from scaffold.check.engine import lint
from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.registry import Context
from scaffold.files.archive import Archive
from scaffold.generate.build import build
from scaffold.generate.render import render
from tests import hosting, random_answers
from tests.cases import FORMS, Case, answers_for

SEED = 8
COUNT = 30


def test_check_finds_nothing() -> None:
    for case in random_answers.cases(SEED, COUNT):
        _ensure_clean(case)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 140))
def test_check_finds_nothing_in_many(seed: int) -> None:
    for case in random_answers.cases(seed, 50):
        _ensure_clean(case)


@pytest.mark.parametrize("form", FORMS)
def test_check_finds_nothing_in_an_area_alone_that_starts_once_per_session(form: str) -> None:
    """Which names the script declares depends on what the area draws, and on `init_once`."""
    _ensure_clean(Case(form, answers_for(form, init_once=True)))


def _ensure_clean(case: Case) -> None:
    answers = case.answers
    context = Context(profile="public" if answers.public else "private", platform=answers.platform)
    findings = lint(Widget(Archive(build(answers).below("widget"))), context)
    found = [f"{f.path}: {f.code} {f.message}" for f in findings if f.severity is not Severity.INFO]
    assert found == [], case.plain


@pytest.mark.long
def test_nothing_throws_and_nothing_is_left(tmp_path: Path) -> None:
    cases = random_answers.cases(SEED, COUNT)
    jobs = [
        hosting.job(answers, hosting.write(render(answers), tmp_path / case.name))
        for case in cases
        for answers in [case.answers]
    ]
    for case, report in zip(cases, hosting.run(jobs, "life.js"), strict=True):
        assert report["faults"] == [], case.plain
