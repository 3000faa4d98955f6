"""One template of a fetched folder: its variables, its hooks, and its files, prepared for cookiecutter."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.files.tree import Tree
from scaffold.generate.overlay.conventions import HARMLESS_EXTENSIONS, PROMPT, PROMPTS
from scaffold.generate.overlay.snapshot import Snapshot, hooks
from scaffold.generate.overlay.variables import FILE, Variables, read

MENU = "template"
"""The variable that chooses the template of a repository with several."""

STAGED = "_kommo_widget_folder"
"""The variable with the name of the project's folder during rendering. cookiecutter renders the folder's path
repeatedly, so it must not contain an answer."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template in cookiecutter's sense."""

    snapshot: Snapshot
    """Its files; the project's folder is renamed to `STAGED`."""
    variables: Variables
    hooks: tuple[str, ...]
    """File names in `hooks/`, in the order they run."""
    contents: frozenset[bytes]
    """Of the template's files in the project's folder, not rendered."""


class _Choice(NamedTuple):
    """One template of a repository with several."""

    folder: str
    title: str


def load(repository: Snapshot, chosen: str, *, trusted: bool) -> Template:
    """Return the template in a repository; if it has several, the one called `chosen`.

    Raises ScaffoldError if it is not a template, and for a template that loads code if it is not `trusted`.
    """
    variables = _declared(repository)
    choices = _choices(variables)
    if choices:
        name = chosen if chosen in choices else next(iter(choices))
        repository = repository.below(choices[name].folder)
        variables = _with_menu(_declared(repository), choices)
    own = [name for name in map(str, variables.get("_extensions", [])) if name not in HARMLESS_EXTENSIONS]
    if own and not trusted:
        raise ScaffoldError(
            f"the template loads code: {', '.join(own)}",
            "check what it does, and use --trust if you trust it",
        )
    return _template(repository, variables)


def _declared(repository: Snapshot) -> Variables:
    if FILE not in repository.files:
        raise ScaffoldError(
            f"the template has no {FILE}",
            "give the folder, repository or zip of a cookiecutter template",
        )
    return read(repository.files[FILE])


def _choices(variables: Variables) -> dict[str, _Choice]:
    """Return the templates of a repository by name; empty if it has only one."""
    new, old = variables.get("templates"), variables.get("template")
    if isinstance(new, dict):
        found = {
            str(name): _Choice(str(one.get("path", "")), str(one.get("title", "")))
            for name, one in new.items()
            if isinstance(one, dict)
        }
    elif isinstance(old, list):  # "Title (path)", the form before cookiecutter 2.5
        found = {
            text: _Choice(text.rpartition("(")[2].removesuffix(")"), "")
            for text in map(str, old)
            if text.endswith(")")
        }
    else:
        return {}
    return {name: one._replace(folder=_inside(one.folder)) for name, one in found.items()}


def _inside(folder: str) -> str:
    path = PurePosixPath(folder)
    if not folder or path.is_absolute() or ".." in path.parts:
        raise ScaffoldError(f"the template names a folder outside itself: `{folder}`", f"fix its {FILE}")
    return path.as_posix()


def _with_menu(variables: Variables, choices: Mapping[str, _Choice]) -> Variables:
    if _choices(variables):
        raise ScaffoldError(
            f"the template `{next(iter(choices))}` contains several templates itself",
            "give the folder of one of them",
        )
    titles = {name: one.title for name, one in choices.items() if one.title}
    prompts = variables.get(PROMPTS)
    menu = {PROMPT: "Which template?", **titles}
    return {
        MENU: list(choices),
        **variables,
        PROMPTS: {**(prompts if isinstance(prompts, dict) else {}), MENU: menu},
    }


def _template(repository: Snapshot, variables: Variables) -> Template:
    start, end = _marks(variables)
    folders = {path.partition("/")[0] for path in repository.files if "/" in path}
    candidates = sorted(
        name for name in folders if all(mark in name for mark in ("cookiecutter", start, end))
    )
    if not candidates:
        raise ScaffoldError(
            "the template has no folder for the project",
            "it needs one with a file, and a variable in its name, such as {{cookiecutter.code}}",
        )
    project = candidates[0]
    repository.refuse_links(FILE, project, "hooks", "templates")
    staged = f"{start}cookiecutter.{STAGED}{end}"

    def moved(path: str) -> str:
        head, slash, rest = path.partition("/")
        return f"{staged}{slash}{rest}" if head == project else path

    kept = {p: data for p, data in repository.files.items() if p.partition("/")[0] not in candidates[1:]}
    snapshot = Snapshot(
        Tree({moved(path): data for path, data in kept.items()}),
        frozenset(moved(path) for path in repository.executable if path in kept),
    )
    contents = frozenset(repository.below(project).files.values())
    return Template(snapshot, variables, tuple(hooks(repository.files)), contents)


def _marks(variables: Variables) -> tuple[str, str]:
    """Return the delimiters of an expression."""
    marks: Mapping[str, Any] = variables.get("_jinja2_env_vars", {})
    return str(marks.get("variable_start_string", "{{")), str(marks.get("variable_end_string", "}}"))
