"""Runs one job of the child process, within bounds of time, size and memory."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.text import printable

MIB = 1024 * 1024


class Bounds(NamedTuple):
    """The limits of one job."""

    seconds: float
    """Elapsed time: for jobs that wait, such as for a server that does not answer."""
    file_bytes: int
    """Of each file that it writes."""
    total_bytes: int
    """Of all that it writes; checked every `_INTERVAL_S` seconds, so a little more may be written."""
    memory_bytes: int
    """0: no limit, as for hooks, which may be any programs."""
    cpu_seconds: int = 0
    """Of processor time, so that no template fails on a busy machine; 0: no limit."""


FETCHING = Bounds(seconds=300, file_bytes=256 * MIB, total_bytes=512 * MIB, memory_bytes=0)
RENDERING = Bounds(
    seconds=300, file_bytes=32 * MIB, total_bytes=64 * MIB, memory_bytes=1024 * MIB, cpu_seconds=20
)
TRUSTED = Bounds(seconds=600, file_bytes=32 * MIB, total_bytes=512 * MIB, memory_bytes=0)

_INTERVAL_S = 0.2
_OUT_OF_CPU = -24
"""Return code of a process at its limit of processor time: SIGXCPU, which has no name on Windows."""
_WORKER = "scaffold.generate.overlay.worker"
_PACKAGES = str(Path(__file__).parents[3])
_OUTPUT = "output.txt"
_SHOWN_LINES = 20
_OF_ANOTHER_REPOSITORY = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}
"""Variables that git sets for its own hooks, one of which may have started us."""


def run(workshop: Path, job: Mapping[str, Any], bounds: Bounds) -> dict[str, Any]:
    """Return the result of the job; the jobs are the functions of `worker`.

    Raises ScaffoldError for an error in the child, and for a job that exceeds its bounds. However this call
    ends, even by Ctrl-C, it kills the child and the programs that the child has started.
    """
    for name in ("result.json", _OUTPUT):
        (workshop / name).unlink(missing_ok=True)
    limits = {name: getattr(bounds, name) for name in ("file_bytes", "memory_bytes", "cpu_seconds")}
    (workshop / "job.json").write_text(json.dumps({**job, "limits": limits}), encoding="utf-8")
    child = _start(workshop)
    try:
        _wait(child, workshop, bounds)
    finally:
        _end(child)
    return _result(workshop)


def output(workshop: Path) -> tuple[str, ...]:
    """Return the last lines that hooks and programs of the last job printed, made harmless to a terminal."""
    with (workshop / _OUTPUT).open("rb") as file:
        text = file.read(MIB).decode(errors="replace")
    return tuple(printable(line) for line in text.splitlines()[-_SHOWN_LINES:])


def _start(workshop: Path) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP
    with (workshop / _OUTPUT).open("wb") as out:
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-B", "-W", "ignore", "-m", _WORKER, str(workshop)],
            cwd=workshop,
            env=_environment(workshop),
            stdin=subprocess.PIPE,  # open as long as this process lives
            stdout=out,
            stderr=out,
            start_new_session=True,  # no terminal to ask on, and Ctrl-C only reaches this process
            creationflags=flags,
        )


def _environment(workshop: Path) -> dict[str, str]:
    """Return our environment, in which the child writes in the workshop, and git and ssh do not ask."""
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_REPOSITORY}
    paths = [_PACKAGES, *filter(None, [inherited.get("PYTHONPATH")])]
    folder = str(workshop / "tmp")
    return {
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes",
        **inherited,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",  # cookiecutter parses git's messages
        "PYTHONPATH": os.pathsep.join(paths),
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder),
    }


def _wait(child: subprocess.Popen[bytes], workshop: Path, bounds: Bounds) -> None:
    deadline = time.monotonic() + bounds.seconds
    allowed = _size(workshop) + bounds.total_bytes
    while True:
        with suppress(subprocess.TimeoutExpired):
            if child.wait(_INTERVAL_S) == _OUT_OF_CPU:
                raise _endless(f"{bounds.cpu_seconds} seconds of processor time")
            return
        if time.monotonic() > deadline:
            raise _endless(f"{bounds.seconds:g} seconds")
        if _size(workshop) > allowed:
            raise ScaffoldError(
                f"the template writes more than {bounds.total_bytes // MIB} MiB", "make it write less"
            )


def _endless(limit: str) -> ScaffoldError:
    return ScaffoldError(f"the template takes longer than {limit}", "look for an endless loop in it")


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(parent, name)).st_size
    return total


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and its process group: a child that has ended may have left programs behind."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdin:
        child.stdin.close()


def _result(workshop: Path) -> dict[str, Any]:
    try:
        reply = json.loads((workshop / "result.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        hint = "try it with plain cookiecutter"
        raise ScaffoldError("the template ended the rendering process", hint, output(workshop)) from error
    if "error" in reply:
        raise ScaffoldError(reply["error"]["message"], reply["error"]["hint"], output(workshop))
    result: dict[str, Any] = reply["result"]
    return result
