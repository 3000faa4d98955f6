"""A preview that listens on a port."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scaffold.preview.server.libs import FILES
from scaffold.preview.server.preview import preview_of
from scaffold.preview.server.scenario import Scenario
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source
from tests.preview import browsers, widgets
from tests.preview.client import Client, port_of


@pytest.fixture(scope="package")
def shared() -> Iterator[browsers.Browsers]:
    """The browsers of these tests; the driver's event loop must be closed before other tests run theirs."""
    with browsers.started() as running:
        yield running


@pytest.fixture(scope="module")
def browser(shared: browsers.Browsers) -> Browser:
    """One browser for the tests of a module."""
    return shared.running()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The previewed widget."""
    fields = {"message": {"name": "dp.message", "type": "text", "required": True}}
    url = "https://hooks.acme.example/dp.php?k=s3cret"
    dp = {"settings": fields, "action_multiple": False, "webhook_url": url}
    return widgets.write(
        tmp_path / "acme_leads", widgets.manifest("lcard-1", "settings", "digital_pipeline", dp=dp)
    )


@pytest.fixture
def client(folder: Path, tmp_path: Path) -> Iterator[Client]:
    """A client of a preview of `folder`; its libraries are empty files."""
    libraries = tmp_path / "node_modules"
    for file in FILES.values():
        (libraries / file).parent.mkdir(parents=True, exist_ok=True)
        (libraries / file).touch()
    lines: list[str] = []
    preview = preview_of(Source(folder), libraries, lines.append, Scenario(code="acme_leads"))
    with serving(preview) as url:
        yield Client(preview, port_of(url), lines)


@pytest.fixture
def stage(client: Client) -> Client:
    """A client of the origin that the widget runs on."""
    return Client(client.preview, port_of(client.preview.stage[0]), client.lines)
