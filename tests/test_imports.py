"""Imports stay within the wings and form no cycle, and commands load only the packages that they use."""

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import scaffold
from tests.cases import PANELS, answers_for
from tests.check.disk import put

PACKAGE = Path(scaffold.__file__).parent

MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "scaffold": frozenset(),
    "errors": frozenset(),
    "text": frozenset(),
    "streams": frozenset({"errors", "text"}),
    "kommo": frozenset(),
    "documents": frozenset(),
    "files": frozenset({"errors", "text"}),
    "project": frozenset({"errors", "text", "documents", "files"}),
    "generate": frozenset({"scaffold", "errors", "text", "kommo", "documents", "files", "project"}),
    "check": frozenset({"scaffold", "errors", "text", "kommo", "documents", "files", "project"}),
    "pack": frozenset({"errors", "text", "kommo", "documents", "files", "project"}),
    "grow": frozenset({
        "scaffold", "errors", "text", "kommo", "documents", "files", "project", "generate",
    }),
    "preview": frozenset({"errors", "text", "kommo", "documents", "files", "project", "check"}),
    "reference": frozenset({"kommo", "generate", "check", "cli"}),
    "commands": frozenset({
        "scaffold", "errors", "text", "kommo", "files", "project", "generate", "check", "pack", "grow",
        "preview", "reference",
    }),
    "cli": frozenset({"errors", "text", "streams"}),
    "__main__": frozenset({"scaffold", "streams", "cli"}),
}  # fmt: skip
"""The wings and what each may import besides itself. `cli` loads the commands by name, on use."""


def modules() -> dict[str, Path]:
    """Return every module by its dotted name; a package by its `__init__.py`."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


def imported(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules of ours that a file imports: at its top, inside functions, and for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "scaffold":
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in known else str(node.module)


def graph() -> dict[str, set[str]]:
    known = modules()
    return {name: set(imported(path, known)) - {name} for name, path in known.items()}


def wing(module: str) -> str:
    return [*module.split("."), "scaffold"][1]


def forbidden(imports: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """Return the imports that a module's wing may not make."""
    return [
        (module, other)
        for module, others in imports.items()
        for other in sorted(others)
        if wing(other) != wing(module) and wing(other) not in MAY_IMPORT[wing(module)]
    ]


def test_wings_import_only_what_they_may() -> None:
    assert forbidden(graph()) == []


def test_wings_import_all_that_they_may() -> None:
    """An entry that nothing needs any more would let the import come back unnoticed."""
    used: dict[str, set[str]] = {name: set() for name in MAY_IMPORT}
    for module, others in graph().items():
        used[wing(module)] |= {wing(other) for other in others} - {wing(module)}
    assert used == MAY_IMPORT


def test_a_forbidden_import_is_found() -> None:
    assert forbidden({"scaffold.check.engine": {"scaffold.generate.build"}}) == [
        ("scaffold.check.engine", "scaffold.generate.build")
    ]


def test_there_is_no_cycle() -> None:
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_imports_inside_functions_count(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text("def f():\n    from scaffold.files import tree\n    from scaffold.cli import run\n")
    assert set(imported(file, modules())) == {"scaffold.files.tree", "scaffold.cli"}


def test_no_import_is_relative() -> None:
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level], path


def test_no_module_shadows_the_standard_library() -> None:
    """Run from its folder, such a module would be imported in place of the standard one."""
    assert [name for name in modules() if name.rpartition(".")[2] in sys.stdlib_module_names] == []


def test_at_most_two_modules_share_a_name() -> None:
    names = Counter(path.name for path in modules().values() if path.name != "__init__.py")
    assert {name: number for name, number in names.items() if number > 2} == {}


HEAVY = (
    "jinja2",
    "PIL",
    "yaml",
    "prompt_toolkit",
    "questionary",
    "rich",
    "tree_sitter",
    "cookiecutter",
    "starlette",
    "playwright",
)
ONLY_ELSEWHERE = (
    "questionary",
    "prompt_toolkit",
    "rich",
    "cookiecutter",
    "starlette",
    "uvicorn",
    "playwright",
)


def loaded(*args: str, cwd: Path) -> set[str]:
    """Run a command line in a new process and return the top-level modules that it loaded."""
    code = (
        "import sys; from scaffold.__main__ import main; code = main();"
        "print('\\n'.join({name.partition('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
    )
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_no_other_package(option: str, tmp_path: Path) -> None:
    assert loaded(option, cwd=tmp_path) & {*HEAVY, "click"} == set()


@pytest.mark.parametrize(("command", "needed"), [("areas", {"rich"}), ("schema", set())])
def test_table_commands_load_what_they_use(command: str, needed: set[str], tmp_path: Path) -> None:
    assert loaded(command, cwd=tmp_path) & set(HEAVY) == needed


def test_check_loads_a_parser_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path)
    assert loaded("check", cwd=tmp_path) & {*HEAVY, "esprima"} == {"tree_sitter"}


def test_new_from_answers_loads_no_wizard_and_no_server(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text(json.dumps(answers_for(*PANELS)), encoding="utf-8")
    assert loaded("new", "w", "--answers", "answers.json", cwd=tmp_path) & set(ONLY_ELSEWHERE) == set()


def test_cookiecutter_is_loaded_in_a_process_of_its_own(tmp_path: Path) -> None:
    assert loaded("template", "new", "ours", cwd=tmp_path) & set(ONLY_ELSEWHERE) == set()
    given = ("--defaults", "--template", "ours")
    assert loaded("new", "w", *given, cwd=tmp_path) & {*ONLY_ELSEWHERE, "arrow", "requests"} == set()


def test_new_loads_yaml_only_for_yaml_answers(tmp_path: Path) -> None:
    assert "yaml" not in loaded("new", "w", "--defaults", cwd=tmp_path)
