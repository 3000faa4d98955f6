"""The files that the preview serves: those that an upload would contain, and no others."""

import os
import zipfile
from pathlib import Path

import pytest

from scaffold.preview.server.preview import preview_of
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source, code_of
from tests.preview.client import Client, port_of

BASE = "/upl/acme_leads/1.2.3/widget"

TRAVERSALS = [
    "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "%2e%2e%2fsecret.txt", "..%5csecret.txt",
    "..\\secret.txt", "%252e%252e%252fsecret.txt", "i18n/../../secret.txt", "i18n/%2e%2e/%2e%2e/secret.txt",
    "%c0%ae%c0%ae/secret.txt", "..%c0%afsecret.txt", "....//secret.txt", "/secret.txt", "//etc/passwd",
    "%2fetc%2fpasswd", "/etc/passwd", "script.js%00.txt", "%00", "..;/secret.txt", "C:%5csecret.txt",
    "file:///etc/passwd", "./../secret.txt", "%u002e%u002e/secret.txt", "%ef%bc%8e%ef%bc%8e/secret.txt",
]  # fmt: skip


@pytest.mark.parametrize("root", [BASE, "/_host", "/_libs", "/upl/../.."])
def test_nothing_outside_the_widget_is_served(client: Client, folder: Path, root: str) -> None:
    for place in (folder.parent, folder.parent.parent):
        (place / "secret.txt").write_text("SECRET", encoding="utf-8")
    answers = {path: client.ask(f"{root}/{path}") for path in TRAVERSALS}
    assert {path: a.status for path, a in answers.items() if a.status not in (400, 404)} == {}
    assert [path for path, a in answers.items() if b"SECRET" in a.body or b"root:" in a.body] == []


def test_links_are_not_followed(client: Client, folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("SECRET", encoding="utf-8")
    (folder / "out.js").symlink_to(folder.parent / "secret.txt")
    (folder / "up").symlink_to(folder.parent, target_is_directory=True)
    assert client.ask(f"{BASE}/out.js").status == 404
    assert client.ask(f"{BASE}/up/secret.txt").status == 404
    assert client.ask("/_preview/state.json").json["widget"]["problems"] == [
        "out.js is a symbolic link",
        "up is a symbolic link",
    ]


@pytest.mark.parametrize("name", [".env", ".git/config", "node_modules/x.js", "script.js.map", "backup.zip"])
def test_what_pack_leaves_out_is_not_served(client: Client, folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("x", encoding="utf-8")
    assert client.ask(f"{BASE}/{name}").status == 404


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_a_pipe_does_not_block_the_server(client: Client, folder: Path) -> None:
    os.mkfifo(folder / "pipe.js")
    assert client.ask(f"{BASE}/pipe.js").status == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [("script.js", "text/javascript; charset=utf-8"), ("manifest.json", "application/json"),
     ("i18n/en.json", "application/json"), ("templates/card.twig", "text/plain; charset=utf-8"),
     ("images/logo.PNG", "image/png"), ("odd.bin", "application/octet-stream")],
)  # fmt: skip
def test_types_do_not_depend_on_the_system(client: Client, folder: Path, path: str, kind: str) -> None:
    (folder / path).parent.mkdir(exist_ok=True)
    if not (folder / path).exists():
        (folder / path).write_bytes(b"x")
    assert client.ask(f"{BASE}/{path}").headers["content-type"] == kind


def test_a_changed_file_is_served_at_once(client: Client, folder: Path) -> None:
    client.ask(f"{BASE}/script.js")
    (folder / "script.js").write_text("define([], 1);", encoding="utf-8")
    assert client.ask(f"{BASE}/script.js?v=1&r=7").body == b"define([], 1);"


def test_the_older_path_without_version(client: Client) -> None:
    assert client.ask("/upl/acme_leads/widget/script.js").status == 200


def test_libraries_are_cached(client: Client) -> None:
    answer = client.ask("/_libs/jquery.js?v=2.1.3")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.ask("/_libs/react.js").status == 404


def test_a_zip_is_served_from_memory(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "acme.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for file in (path for path in folder.rglob("*") if path.is_file()):
            out.write(file, file.relative_to(folder))
    preview = preview_of(Source(archive), tmp_path, lambda _line: None)
    with serving(preview) as url:
        client = Client(preview, port_of(url))
        assert client.ask("/upl/acme/1.2.3/widget/script.js").body == (folder / "script.js").read_bytes()


@pytest.mark.parametrize(
    ("name", "code"),
    [("acme_leads", "acme_leads"), ("Acme Leads!", "acme_leads"), ("2fast", "widget_2fast"), ("çé", "widget"),
     ("acme/widget", "acme"), ("acme/dist", "acme")],
)  # fmt: skip
def test_code_from_the_folders_name(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / name).mkdir(parents=True)
    assert code_of(tmp_path / name) == code


@pytest.mark.parametrize(
    ("record", "code"),
    [("code: from_record\n", "from_record"), ("code: ['x']\n", "acme"), ("code: 'No!'\n", "acme"),
     ("{{{\n", "acme"), ("", "acme"), ("- 1\n", "acme")],
)  # fmt: skip
def test_code_from_the_record(tmp_path: Path, record: str, code: str) -> None:
    project = tmp_path / "acme"
    (project / ".kommo-widget").mkdir(parents=True)
    (project / ".kommo-widget" / "answers.yml").write_text(record, encoding="utf-8")
    (project / "widget").mkdir()
    assert code_of(project) == code
    assert code_of(project / "widget") == code
