"""Ctrl-C and kill -9 while a template is fetched, rendered or runs a hook: no files or processes are left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.generate.overlay import templates
from tests.shell import foreground
from tests.waiting import PATIENCE_S, until

LOOPS = "".join(f"{{% for x{n} in range(90000) %}}" for n in range(5)) + "{% endfor %}" * 5
BUSY = {
    "rendering": ({"a.txt": "a", "b.txt": LOOPS}, {}, "out/project/a.txt"),
    "hook": (
        {"a.txt": "a"},
        {"hooks/post_gen_project.py": "open('begun', 'w').close()\nwhile True:\n    pass\n"},
        "out/project/begun",
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".tmp").mkdir()
    return tmp_path


@pytest.fixture(params=BUSY)
def run(request: pytest.FixtureRequest, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of `new` that has begun to render and does not end by itself."""
    files, beside, sign = BUSY[request.param]
    templates.write(folder / "ours", {}, files, beside)
    process = start(folder, "--template", "ours", "--trust")
    try:
        until(lambda: any((folder / ".tmp").glob(f"*/{sign}")))
        yield process
    finally:
        process.kill()
        process.communicate()


def start(folder: Path, *args: str) -> subprocess.Popen[str]:
    """Start `new` as a shell starts it in the foreground."""
    return subprocess.Popen(
        [sys.executable, "-m", "scaffold", "new", "demo", "--defaults", *args],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder / ".tmp"), "PYTHONPATH": str(Path(__file__).parents[3])},
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=foreground,
    )


def children(folder: Path) -> list[str]:
    """Return the processes whose working directory is below the temporary files in `folder`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").resolve().is_relative_to(folder / ".tmp"):
                found.append(entry.name)
        except OSError:
            continue
    return found


def test_ctrl_c_leaves_no_files_and_no_processes(run: subprocess.Popen[str], folder: Path) -> None:
    assert children(folder)
    run.send_signal(signal.SIGINT)
    _, printed = run.communicate(timeout=PATIENCE_S)
    assert (run.returncode, printed.splitlines()[-1]) == (130, "interrupted")
    assert sorted(path.name for path in folder.iterdir()) == [".tmp", "ours"]
    assert list((folder / ".tmp").iterdir()) == []
    until(lambda: not children(folder))


def test_kill_9_leaves_no_files_and_no_processes(run: subprocess.Popen[str], folder: Path) -> None:
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=PATIENCE_S)
    until(lambda: not children(folder) and not list((folder / ".tmp").iterdir()))
    assert sorted(path.name for path in folder.iterdir()) == [".tmp", "ours"]


def test_ctrl_c_stops_a_fetch_without_an_answer(folder: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"git://127.0.0.1:{server.getsockname()[1]}/ours.git"
        process = start(folder, "--template", url)
        server.settimeout(PATIENCE_S)
        with server.accept()[0]:
            process.send_signal(signal.SIGINT)
            _, printed = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, printed.strip()) == (130, "interrupted")
    assert sorted(path.name for path in folder.iterdir()) == [".tmp"]
    until(lambda: not children(folder))
