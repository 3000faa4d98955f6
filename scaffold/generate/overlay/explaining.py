"""In the child: an exception of cookiecutter, Jinja2 or the system -> what the user sees."""

import errno
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from scaffold.generate.overlay.evaluation import BadVariable
from scaffold.generate.overlay.jail import Forbidden

_THERE = "name a folder, a zip or a repository that is there"
_TRUST = "look at what it does, and give --trust if you trust it"


def explain(error: Exception, job: Mapping[str, Any]) -> dict[str, str]:
    """Return `message` and `hint`; `job` is what failed."""
    if job["name"] == "fetch":
        message, hint = f"cannot fetch the template: {_unfetched(error, job)}", _THERE
    else:
        message, hint = _parts(error)
    return {"message": " ".join(message.split()), "hint": hint}


def _unfetched(error: Any, job: Mapping[str, Any]) -> str:
    """Return why a template could not be had; cookiecutter's exceptions are told apart by their names."""
    source = f"`{job['shown']}`"
    match type(error).__name__:
        case "CalledProcessError":
            lines = error.output.decode(errors="replace").strip().splitlines() or [str(error)]
            said = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1])
            return f"{source}: {said}"
        case "RepositoryNotFound":
            return f"{source} is not a template: nothing is there, or no cookiecutter.json"
        case "RepositoryCloneFailed":
            return f"{source} has no `{job['checkout']}`"
        case "UnknownRepoType":
            return f"{source} is neither a git nor a Mercurial repository by its name: put git+ before it"
        case "FileNotFoundError" | "NotADirectoryError":
            return f"{source} is not there"
        case name if type(error).__module__.startswith("requests"):
            return f"no answer from the server of {source} ({name})"
        case _:
            return f"{source}: {error}"


def _parts(error: Any) -> tuple[str, str]:
    cause = error.__cause__ if isinstance(error.__cause__, Exception) else error
    if isinstance(error, Forbidden):
        return f"the template {error}", _TRUST if "trusted" in str(error) else "change its file names"
    if isinstance(error, BadVariable):
        return str(error), "change it, or answer it otherwise"
    if isinstance(error, SecurityError):
        return f"the template reaches for what only trusted code may: {error}", _TRUST
    if isinstance(error, TemplateSyntaxError):
        return f"the template has a mistake: {error.name or 'a name'}:{error.lineno}: {error.message}", ""
    if isinstance(cause, UndefinedError):
        where = f"{error.message}: " if hasattr(error, "context") else ""
        return f"the template uses a variable that is not there: {where}{cause.message}", (
            "add it to cookiecutter.json, or use one that the widget gives"
        )
    if isinstance(error, MemoryError):
        return "the template takes too much memory", "let it write less"
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return "the template writes a file that is too large", "let it write less"
    return _others(error)


def _others(error: Any) -> tuple[str, str]:
    name = type(error).__name__
    if name == "OutputDirExistsException":
        return (
            "a folder of the template gets no name, or the name of another",
            "name it by these answers, too",
        )
    if name == "FailedHookException":
        return f"a hook of the template stopped it: {error}", "it may say above what it wants"
    return f"the template cannot be rendered: {name}: {error}", "try it with plain cookiecutter"
