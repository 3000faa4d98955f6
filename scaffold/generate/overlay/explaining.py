"""In the child: an exception of cookiecutter, Jinja2 or the system -> a message to the user."""

import errno
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from scaffold.generate.overlay.evaluation import BadVariable
from scaffold.generate.overlay.jail import Forbidden

_EXISTING = "give an existing folder, zip or repository"
_TRUST = "check what it does, and use --trust if you trust it"


def explain(error: Exception, job: Mapping[str, Any]) -> dict[str, str]:
    """Return `message` and `hint`; `job` is the job that failed."""
    if job["name"] == "fetch":
        message, hint = f"cannot fetch the template: {_unfetched(error, job)}", _EXISTING
    else:
        message, hint = _parts(error)
    return {"message": " ".join(message.split()), "hint": hint}


def _unfetched(error: Any, job: Mapping[str, Any]) -> str:
    """Return why a template could not be fetched; goes by the names of cookiecutter's exceptions."""
    source = f"`{job['shown']}`"
    match type(error).__name__:
        case "CalledProcessError":
            lines = error.output.decode(errors="replace").strip().splitlines() or [str(error)]
            reason = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1])
            return f"{source}: {reason}"
        case "RepositoryNotFound":
            return f"{source} is not a template: it does not exist, or has no cookiecutter.json"
        case "RepositoryCloneFailed":
            return f"{source} has no `{job['checkout']}`"
        case "UnknownRepoType":
            return f"{source} does not look like a git or Mercurial repository: put git+ before it"
        case "FileNotFoundError" | "NotADirectoryError":
            return f"{source} does not exist"
        case name if type(error).__module__.startswith("requests"):
            return f"no answer from the server of {source} ({name})"
        case _:
            return f"{source}: {error}"


def _parts(error: Any) -> tuple[str, str]:
    cause = error.__cause__ if isinstance(error.__cause__, Exception) else error
    if isinstance(error, Forbidden):
        return f"the template {error}", _TRUST if "trusted" in str(error) else "change its file names"
    if isinstance(error, BadVariable):
        return str(error), "change it, or give another answer"
    if isinstance(error, SecurityError):
        return f"the template does what only trusted code may do: {error}", _TRUST
    if isinstance(error, TemplateSyntaxError):
        return f"the template has an error: {error.name or 'a name'}:{error.lineno}: {error.message}", ""
    if isinstance(cause, UndefinedError):
        where = f"{error.message}: " if hasattr(error, "context") else ""
        return f"the template uses an unknown variable: {where}{cause.message}", (
            "add it to cookiecutter.json, or use a variable of the widget"
        )
    if isinstance(error, MemoryError):
        return "the template uses too much memory", "make it write less"
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return "the template writes a file that is too large", "make it write less"
    return _others(error)


def _others(error: Any) -> tuple[str, str]:
    name = type(error).__name__
    if name == "OutputDirExistsException":
        return (
            "two folders of the template get the same name, or one gets an empty name",
            "give each folder its own name with these answers, too",
        )
    if name == "FailedHookException":
        return f"a hook of the template failed: {error}", "its output above may say why"
    return f"the template cannot be rendered: {name}: {error}", "try it with plain cookiecutter"
