"""The child process, the only one that runs cookiecutter: `python -m scaffold.generate.overlay.worker DIR`.

cookiecutter changes the current folder, does whatever a template asks for, and cannot be stopped. So it runs
in its own process and its own folder; the parent limits both, and kills the process in the end.
"""

import json
import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cookiecutter.extensions  # noqa: F401 - loaded before `enclose`: it asks the system for libraries

from scaffold.generate.overlay.conventions import PROMPTS, is_asked
from scaffold.generate.overlay.evaluation import Evaluation
from scaffold.generate.overlay.explaining import explain
from scaffold.generate.overlay.jail import enclose, release

Job = dict[str, Any]

_TRIES = 100
"""How many times to try to remove a folder that another thread may still write to."""


def main() -> None:
    """Do the job described in `WORKSHOP/job.json`, and write `WORKSHOP/result.json`."""
    workshop = Path(sys.argv[1])
    logging.disable()  # cookiecutter logs what it raises, with a traceback
    _live_with_parent(workshop)
    job = json.loads((workshop / "job.json").read_text(encoding="utf-8"))
    _limit(**job["limits"])
    with (workshop / "result.json").open("w", encoding="utf-8") as out:  # before `enclose`
        try:
            result = {"result": JOBS[job["name"]](workshop, job)}
        except Exception as error:  # the parent reports it
            result = {"error": explain(error, job)}
        json.dump(result, out)


def fetch(workshop: Path, job: Job) -> Job:
    """Fetch the template into the workshop, unless it is a local folder; return its folder and commit."""
    from cookiecutter.config import BUILTIN_ABBREVIATIONS
    from cookiecutter.repository import determine_repo_dir

    clones = workshop / "clones"
    # The abbreviations of ~/.cookiecutterrc are not used: the same answers mean the same on each machine.
    folder, _ = determine_repo_dir(
        template=job["source"],
        abbreviations=BUILTIN_ABBREVIATIONS,
        clone_to_dir=clones,
        checkout=job["checkout"],
        no_input=True,
    )
    cloned = Path(folder).is_relative_to(clones)
    return {"folder": folder, "commit": _commit(folder) if cloned else ""}


def prepare(workshop: Path, job: Job) -> Job:  # noqa: ARG001 - every job has the same parameters
    """Run the hook that comes before the questions; return the folder that it has changed."""
    from cookiecutter.hooks import run_pre_prompt_hook

    return {"folder": str(run_pre_prompt_hook(job["template"]))}


def evaluate(workshop: Path, job: Job) -> Job:
    """Return the `default` and `options` of every variable that is asked, given the answers so far."""
    enclose([workshop / "tmp"], programs=job["trusted"])
    return _evaluated(job).offers


def generate(workshop: Path, job: Job) -> Job:
    """Render the template into `WORKSHOP/out/project`; return the answers to its questions."""
    from cookiecutter import generate as cookiecutter

    # Two functions of cookiecutter are replaced in this process: one takes text that starts with BM, MZ or
    # PACK for binary, the other lets templates reach the interpreter.
    setattr(cookiecutter, "is_binary", _is_binary)  # noqa: B010 - mypy knows no such attribute
    if not job["trusted"]:
        setattr(cookiecutter, "create_env_with_context", _environment)  # noqa: B010
    out = workshop / "out"
    out.mkdir()
    enclose([out / "project", workshop / "tmp"], programs=job["trusted"])
    evaluation = _evaluated(job)
    variables = {name: raw for name, raw in job["variables"].items() if is_asked(name)}
    # Only hooks get the real folders, whose names differ in each run.
    folders = (str(out), job["template"]) if job["hooks"] else (".", ".")
    own = {**job["own"], **dict(zip(("_output_dir", "_repo_dir"), folders, strict=True))}
    context = {
        "cookiecutter": {"_new_lines": "\n", **evaluation.values, **own},
        "_cookiecutter": variables,
    }
    cookiecutter.generate_files(
        job["template"], context, out, accept_hooks=job["hooks"], keep_project_on_failure=True
    )
    return evaluation.answered


JOBS: dict[str, Callable[[Path, Job], Job]] = {
    "fetch": fetch,
    "prepare": prepare,
    "evaluate": evaluate,
    "generate": generate,
}


def _evaluated(job: Job) -> Evaluation:
    from cookiecutter.utils import create_env_with_context

    variables = {name: raw for name, raw in job["variables"].items() if name != PROMPTS}
    if job["trusted"]:
        sys.path.append(job["template"])  # the folder of its own extensions
    make = create_env_with_context if job["trusted"] else _environment
    evaluation = Evaluation(make({"cookiecutter": variables}), job["facts"], job["answers"])
    evaluation.run(variables)
    return evaluation


def _environment(context: Job) -> Any:
    """Return cookiecutter's environment, in Jinja2's sandbox."""
    from cookiecutter.environment import ExtensionLoaderMixin
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    class Sandbox(ExtensionLoaderMixin, SandboxedEnvironment):
        pass

    settings = context["cookiecutter"].get("_jinja2_env_vars", {})
    return Sandbox(context=context, undefined=StrictUndefined, keep_trailing_newline=True, **settings)


def _is_binary(path: str) -> bool:
    """Return whether a file is copied without rendering: it is not UTF-8, or contains a NUL."""
    data = Path(path).read_bytes()
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return b"\0" in data


def _commit(folder: str) -> str:
    import subprocess

    done = subprocess.run(  # the git that cookiecutter has found
        ["git", "rev-parse", "HEAD"],  # noqa: S607
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def _live_with_parent(workshop: Path) -> None:
    """End when the parent ends, for whatever reason: its end of our standard input closes then."""
    lifeline = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)  # for git and hooks, which must not wait for input

    def wait() -> None:
        os.read(lifeline, 1)
        release()
        for _ in range(_TRIES):  # the other thread may still be writing there
            shutil.rmtree(workshop, ignore_errors=True)
            if not workshop.exists():
                break
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _limit(file_bytes: int, memory_bytes: int, cpu_seconds: int) -> None:
    """Limit the size of each file and, if not 0, memory and processor time; the parent limits the rest."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory_bytes and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    if cpu_seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 5))


if __name__ == "__main__":
    main()
