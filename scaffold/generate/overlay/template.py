"""One template out of a fetched folder: its variables, its hooks, its files as cookiecutter reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.files.tree import Tree
from scaffold.generate.overlay.conventions import HARMLESS_EXTENSIONS, PROMPT, PROMPTS
from scaffold.generate.overlay.snapshot import Snapshot, hooks
from scaffold.generate.overlay.variables import FILE, Variables, read

MENU = "template"
"""The variable that says which template, where a repository holds several."""

STAGED = "_kommo_widget_folder"
"""Names the project's folder while it is rendered. cookiecutter renders the folder's path again and again, so
no answer may be in it."""


@dataclass(frozen=True, slots=True)
class Template:
    """What cookiecutter calls a template."""

    snapshot: Snapshot
    """The project's folder bears a name that holds none of the answers."""
    variables: Variables
    hooks: tuple[str, ...]
    contents: frozenset[bytes]
    """Of the files of the project's folder, as they stand in the template."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """One template of a repository that holds several."""

    folder: str
    title: str


def load(repository: Snapshot, chosen: str, *, trusted: bool) -> Template:
    """Return the template that a repository is, or the one of several that is called `chosen`.

    Raises ScaffoldError for what is not a template, and for one that brings code of its own without
    `trusted`.
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
            "look at what it does, and give --trust if you trust it",
        )
    return _template(repository, variables)


def _declared(repository: Snapshot) -> Variables:
    if FILE not in repository.files:
        raise ScaffoldError(
            f"the template has no {FILE}",
            "name the folder, repository or zip of a cookiecutter template",
        )
    return read(repository.files[FILE])


def _choices(variables: Variables) -> dict[str, _Choice]:
    """Return the templates of a repository that holds several, by name."""
    new, old = variables.get("templates"), variables.get("template")
    if isinstance(new, dict):
        found = {
            str(name): _Choice(str(one.get("path", "")), str(one.get("title", "")))
            for name, one in new.items()
            if isinstance(one, dict)
        }
    elif isinstance(old, list):  # "Title (path)", as it was before cookiecutter 2.5
        found = {
            text: _Choice(text.rpartition("(")[2].removesuffix(")"), "")
            for text in map(str, old)
            if text.endswith(")")
        }
    else:
        return {}
    return {name: replace(one, folder=_inside(one.folder)) for name, one in found.items()}


def _inside(folder: str) -> str:
    path = PurePosixPath(folder)
    if not folder or path.is_absolute() or ".." in path.parts:
        raise ScaffoldError(f"the template names a folder outside of it: `{folder}`", f"fix its {FILE}")
    return path.as_posix()


def _with_menu(variables: Variables, choices: Mapping[str, _Choice]) -> Variables:
    if _choices(variables):
        raise ScaffoldError(
            f"the template `{next(iter(choices))}` holds several templates again",
            "name the folder of one of them",
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
    """Return what a variable begins and ends with."""
    marks: Mapping[str, Any] = variables.get("_jinja2_env_vars", {})
    return str(marks.get("variable_start_string", "{{")), str(marks.get("variable_end_string", "}}"))
