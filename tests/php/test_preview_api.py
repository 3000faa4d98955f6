"""The generated API client against the preview's fake API, as a developer without an account uses it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.preview.server.preview import Preview, preview_of
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source
from tests.php import test_oauth
from tests.php.running import php
from tests.php.server import PhpServer

CALLS = """
    $api = Backend\\App::boot($given['backend'])->services()->api(30000001);
    $leads = iterator_to_array($api->pages('leads'));
    $api->note('leads', $leads[0]['id'], 'Hi', 'acme');
    $notes = $api->get("leads/{$leads[0]['id']}/notes")['_embedded']['notes'];
    $api->patch('leads', [['id' => $leads[0]['id'], 'price' => 4321]]);
    $go = 'https://acme.kommo.com/api/v4/salesbot/1/continue/2';
    $api->continueBot($go, ['data' => ['status' => 'done']]);
    return [
        $api->get('account')['id'],
        array_column(array_column($notes, 'params'), 'text'),
        $api->get("leads/{$leads[0]['id']}")['price'],
    ];
"""


@pytest.fixture
def preview(rendered: Path, tmp_path: Path) -> Preview:
    return preview_of(Source(rendered / "widget"), tmp_path, lambda _: None)


@pytest.fixture
def address(preview: Preview) -> Iterator[str]:
    with serving(preview) as url:
        yield url.rstrip("/")


def test_a_handler_can_call_the_fake_api(
    rendered: Path, preview: Preview, address: str, tmp_path: Path
) -> None:
    settings = {
        "KOMMO_API": address,
        "KOMMO_HOST": "acme.kommo.com",
        "KOMMO_TOKEN": preview.keys.token,
        "KOMMO_STORAGE": str(tmp_path / "storage"),
    }
    backend = rendered / "backend"

    account, notes, price = php(backend, CALLS, {"backend": str(backend)}, **settings)

    assert account == 30000001
    assert "Hi" in notes
    assert price == 4321


def test_the_widget_can_be_installed_without_an_account(
    connected: Path, preview: Preview, address: str, tmp_path: Path
) -> None:
    """By the README's steps for OAuth, with the preview in place of the CRM."""
    project = shutil.copytree(connected, tmp_path / "project")
    settings = test_oauth.environment(address)
    with PhpServer(project, environment=settings) as server:
        assert test_oauth.install(server, code=preview.keys.token).status == 200
        server.wait_for_log('installed in "Example account", account 30000001')

    backend = project / "backend"
    assert php(backend, CALLS, {"backend": str(backend)}, **settings)[0] == 30000001
