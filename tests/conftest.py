"""Fixtures of several packages: the cases on disk and in the host, command lines, `--update-golden`."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import hosting
from tests.cases import FULL, USUAL, Case
from tests.sharing import once
from tests.shell import Shell

# No test depends on how fast the machine is, or on chance: no change is refused for an example that another
# run did not try. `--hypothesis-profile random` tries others.
settings.register_profile(
    "same everywhere", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("random", settings.get_profile("same everywhere"), derandomize=False)
settings.load_profile("same everywhere")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite tests/golden/ from what is rendered"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest tests first: the other workers would wait for one that starts last."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def cases(request: pytest.FixtureRequest) -> tuple[Case, ...]:
    """The cases of this run: the long list only if one of its tests was selected."""
    full = any(item.get_closest_marker("full") for item in request.session.items)
    return (*USUAL, *FULL) if full else USUAL


@pytest.fixture(scope="session")
def projects(cases: tuple[Case, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of the cases on disk, by name; the workers share them."""

    def write(root: Path) -> dict[str, Path]:
        return {case.name: hosting.write(case.tree, root / str(n)) for n, case in enumerate(cases)}

    return once(tmp_path_factory, "cases", write)


@pytest.fixture(scope="session")
def reports(
    cases: tuple[Case, ...], projects: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """What the host saw, by case and locale; all cases run in one node process."""
    return once(tmp_path_factory, "reports", lambda _: _hosted(cases, projects, "run.js"))


@pytest.fixture(scope="session")
def frugal(
    cases: tuple[Case, ...], projects: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """The errors of each case on the host that returns as little as is documented."""
    return once(tmp_path_factory, "frugal", lambda _: _hosted(cases, projects, "frugal.js"))


def _hosted(cases: tuple[Case, ...], projects: dict[str, Path], host: str) -> dict[str, Any]:
    jobs = [hosting.job(case.answers, projects[case.name]) for case in cases]
    return dict(zip((case.name for case in cases), hosting.run(jobs, host), strict=True))


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Our command lines, run in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, monkeypatch, capsys)
