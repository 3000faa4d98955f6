"""The wheel, built from the sdist, contains the whole tool, and `new` runs from it alone."""

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold import __version__
from tests.sharing import once

ROOT = Path(__file__).parent.parent
LEFT_BEHIND = {"__pycache__", ".DS_Store"}


def run(*args: str, cwd: Path, path: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(path or "")}
    done = subprocess.run(
        [sys.executable, *args], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_below(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and not LEFT_BEHIND & set(path.parts):
            yield path.relative_to(folder).as_posix()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was built from it."""

    def build(folder: Path) -> Path:
        run("-m", "build", "--no-isolation", "--outdir", str(folder), cwd=ROOT)
        return folder

    return once(tmp_path_factory, "dist", build)


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's files and nothing else; the dependencies are those of the tests."""

    def install(folder: Path) -> Path:
        [wheel] = built.glob("*.whl")
        options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--target", str(folder)]
        run("-m", "pip", "install", *options, str(wheel), cwd=built)
        return folder

    return once(tmp_path_factory, "installed", install)


def test_wheel_contains_the_package_and_the_templates_and_nothing_else(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    compiled = {name for name in names if name.startswith("scaffold/templates_compiled/")}
    source = {f"scaffold/{path}" for path in files_below(ROOT / "scaffold")}
    assert names - compiled == {
        *(source - {"scaffold/generate/render/wheel_hook.py"}),
        *(f"scaffold/templates/{path}" for path in files_below(ROOT / "templates")),
    }


def test_wheel_contains_the_dot_files_of_the_templates(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"scaffold/templates/base/.gitignore", "scaffold/templates/base/.editorconfig"} <= names


def test_sdist_contains_what_the_tests_need_and_nothing_installed(built: Path) -> None:
    [sdist] = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert {"pyproject.toml", "README.md", "LICENSE", "tests/run", "tests/package-lock.json"} <= set(names)
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name]


def test_metadata_names_licence_and_command(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        prefix = f"kommo_widget-{__version__}.dist-info"
        metadata = archive.read(f"{prefix}/METADATA").decode()
        assert "License-Expression: MIT" in metadata
        assert "Requires-Python: >=3.11" in metadata
        commands = archive.read(f"{prefix}/entry_points.txt").decode()
        assert "kommo-widget = scaffold.__main__:command" in commands


def test_new_runs_from_the_wheel_and_writes_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    where = run("-c", "import scaffold; print(scaffold.__file__)", cwd=tmp_path, path=installed)
    assert Path(where.strip()).is_relative_to(installed)
    run(
        "-m",
        "scaffold",
        "new",
        "from_wheel",
        "--defaults",
        "--set",
        "code=demo",
        cwd=tmp_path,
        path=installed,
    )
    run("-m", "scaffold", "new", "from_source", "--defaults", "--set", "code=demo", cwd=tmp_path, path=ROOT)
    wheel, source = tmp_path / "from_wheel", tmp_path / "from_source"
    assert sorted(files_below(wheel)) == sorted(files_below(source))
    for path in files_below(source):
        assert (wheel / path).read_bytes() == (source / path).read_bytes(), path


PRINT_LOADER = """
from scaffold.generate.render.environment import environment
print(type(environment().loader).__name__)
"""


def test_the_wheel_ships_its_templates_precompiled(installed: Path, tmp_path: Path) -> None:
    assert run("-c", PRINT_LOADER, cwd=tmp_path, path=installed).strip() == "ModuleLoader"
    assert run("-c", PRINT_LOADER, cwd=tmp_path, path=ROOT).strip() == "Templates"


def test_another_version_of_jinja_compiles_in_memory(installed: Path, tmp_path: Path) -> None:
    other = "import jinja2\njinja2.__version__ = '0'\n" + PRINT_LOADER
    assert run("-c", other, cwd=tmp_path, path=installed).strip() == "Templates"


def test_every_template_is_precompiled(installed: Path) -> None:
    from jinja2 import ModuleLoader

    from scaffold.generate.render.environment import Templates

    folder = installed / "scaffold" / "templates_compiled"
    expected = {ModuleLoader.get_module_filename(name) for name in Templates().list_templates()}
    assert {path.name for path in folder.glob("*.py")} == expected
