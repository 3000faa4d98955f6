"""Imports go downwards only, and nothing heavy is loaded for nothing."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import scaffold
from tests.cases import PANELS, answers_for
from tests.check.disk import put

PACKAGE = Path(scaffold.__file__).parent

FLOORS: tuple[tuple[str, frozenset[str]], ...] = (
    ("facts and records that know nobody", frozenset({"errors", "findings", "nodes", "kommo", "cache"})),
    ("files in memory; JSON with places; what never belongs in an archive",
     frozenset({"tree", "jsondoc", "filefilter"})),
    ("what the user wants; what an archive holds", frozenset({"answers", "archive"})),
    ("zip files; the read model of a widget; pictures; what follows from the answers",
     frozenset({"zips", "widget", "logos", "steps"})),
    ("a widget from wherever it lies; the generator; the rules", frozenset({"reading", "render", "rules"})),
    ("what puts those together, says it or brings it to disk",
     frozenset({"project", "lint", "report", "apply", "merge", "house", "pack"})),
    ("what a team accepts of what the rules find", frozenset({"waivers"})),
    ("check as a whole: a path, its record and waivers", frozenset({"checking"})),
    ("what mends the findings", frozenset({"fix"})),
    ("what talks with the user", frozenset({"wizard", "preview"})),
    ("one module per command", frozenset({"commands"})),
    ("the one error boundary", frozenset({"cli"})),
    ("the entry point", frozenset({"__main__"})),
)  # fmt: skip
"""Each floor may import those below it, and no module beside it."""

FLOOR = {unit: number for number, (_, units) in enumerate(FLOORS) for unit in units}

GENERATOR = frozenset({"render", "logos", "project"})
CHECKER = frozenset({"widget", "rules", "lint", "reading", "report"})


@cache
def imports() -> tuple[tuple[str, str, str], ...]:
    """Return the unit that imports, the unit imported and the file, for every import within the package."""
    return tuple(found_imports())


def found_imports() -> Iterator[tuple[str, str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE)
        unit = file.parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                module = node.module or ""
                names = [f"scaffold.{a.name}" for a in node.names] if module == "scaffold" else [module]
            for name in names:
                imported = name.split(".")[1:2]
                if name.startswith("scaffold.") and imported[0] != "__version__" and imported[0] != unit:
                    yield unit, imported[0], file.as_posix()


def test_every_module_has_a_floor() -> None:
    units = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in PACKAGE.rglob("*.py")}
    assert units - {"__init__"} - set(FLOOR) == set()


def test_imports_go_downwards_only() -> None:
    wrong = [(file, imported) for unit, imported, file in imports() if FLOOR[imported] >= FLOOR[unit]]
    assert wrong == []


@pytest.mark.parametrize(("ours", "theirs"), [(GENERATOR, CHECKER), (CHECKER, GENERATOR)])
def test_generator_and_checker_do_not_know_each_other(ours: frozenset[str], theirs: frozenset[str]) -> None:
    assert [(file, to) for unit, to, file in imports() if unit in ours and to in theirs] == []


def test_no_import_is_relative() -> None:
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level], path


HEAVY = (
    "jinja2",
    "PIL",
    "yaml",
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
    """Run a command line in a process of its own and return the top-level modules it has loaded."""
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
def test_version_and_help_load_nothing_of_others(option: str, tmp_path: Path) -> None:
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
    assert loaded("template", "new", "house", cwd=tmp_path) & set(ONLY_ELSEWHERE) == set()
    given = ("--defaults", "--template", "house")
    assert loaded("new", "w", *given, cwd=tmp_path) & {*ONLY_ELSEWHERE, "arrow", "requests"} == set()


def test_new_reads_yaml_only_where_it_is_given(tmp_path: Path) -> None:
    assert "yaml" not in loaded("new", "w", "--defaults", cwd=tmp_path)
