"""Generated projects with a back end, as files and running."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.php.projects import answers_for, answers_for_all, write_project
from tests.php.server import PhpServer


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The self-hosted project as generated; read only."""
    return write_project(answers_for("self_hosted"), tmp_path_factory.mktemp("rendered"))


@pytest.fixture(scope="session")
def rendered_widget_php(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The platform-hosted project as generated; read only."""
    return write_project(answers_for("widget_php"), tmp_path_factory.mktemp("rendered_widget_php"))


@pytest.fixture(scope="session")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The self-hosted project with OAuth, as generated; read only."""
    return write_project(answers_for("self_hosted", oauth=True), tmp_path_factory.mktemp("connected"))


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with an endpoint of every kind, as generated; read only."""
    return write_project(answers_for_all(), tmp_path_factory.mktemp("complete"))


@pytest.fixture
def project(rendered: Path, tmp_path: Path) -> Path:
    """A copy of the self-hosted project that a test may change and run."""
    return shutil.copytree(rendered, tmp_path / "project")


@pytest.fixture
def write_handler(project: Path) -> Callable[[str], None]:
    """Writes PHP statements into the project's handler; its event is `$event`."""

    def write(statements: str) -> None:
        (project / "backend/handlers/digital_pipeline.php").write_text(
            f"<?php return static function (Backend\\PipelineEvent $event): string {{ {statements} }};\n"
        )

    return write


RUNTIMES = [
    pytest.param(("php",), id="sqlite"),
    # Without an ini file this PHP has no SQLite, and shows errors to the caller by default.
    pytest.param(("php", "-n"), id="files"),
]


@pytest.fixture(params=RUNTIMES)
def server(project: Path, request: pytest.FixtureRequest) -> Iterator[PhpServer]:
    """The running back end, once with SQLite and once without."""
    with PhpServer(project, request.param) as running:
        yield running
