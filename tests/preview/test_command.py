"""`kommo-widget preview` as a process, and its command line."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from scaffold import cli
from scaffold.preview.server.libs import libraries
from tests.preview.client import asking
from tests.shell import foreground
from tests.waiting import PATIENCE_S


@pytest.mark.skipif(os.name != "posix", reason="the system has no such signals")
def test_it_serves_until_ctrl_c_even_with_an_open_page(folder: Path) -> None:
    libraries(print)
    command = [sys.executable, "-m", "scaffold", "preview", str(folder), "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=foreground
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        with urlopen(asking(url, "/_preview/state.json"), timeout=PATIENCE_S) as reply:
            widget = json.load(reply)["widget"]
        assert widget["own_code"] == "acme_leads" != widget["code"]
        with urlopen(asking(url, "/_preview/events"), timeout=PATIENCE_S) as events:
            assert events.readline() == b"event: hello\n"
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out) == (0, "")
    assert err.splitlines() == [f"previewing acme_leads under the code {widget['code']}; Ctrl-C stops it"]


def test_a_taken_port_is_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.run(["preview", str(folder), "--no-browser", "--port", str(port)]) == 2
    assert capsys.readouterr().err.splitlines()[-2:] == [
        f"error: port {port} cannot be used: address already in use",
        "hint: choose another with --port, or leave it out for a free one",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--json"], "--areas, --json and --screenshots need --run"),
        (["--areas", "lcard"], "--areas, --json and --screenshots need --run"),
        (["--port", "70000"], "invalid value for '--port': 70000 is not in the range 0<=x<=65535"),
        (["--editor", "vscod"], "no editor is called `vscod`, did you mean `vscode`?"),
        (["--run", "nowhere"], "cannot read nowhere: no such file or directory"),
    ],
)
def test_usage_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    arguments: list[str], message: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert cli.run(["preview", *arguments]) == 2
    captured = capsys.readouterr()
    if "--json" in arguments:
        assert json.loads(captured.out)["error"]["message"] == message
    else:
        assert captured.err.splitlines()[0] == f"error: {message}"


def test_the_editor_in_the_environment_is_validated(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOMMO_WIDGET_EDITOR", "javascript://%0aalert({file})")
    assert cli.run(["preview", str(folder), "--no-browser"]) == 2
    assert "does not open an editor on this machine" in capsys.readouterr().err
