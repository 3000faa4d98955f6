"""What is kept of compiled templates: used while nothing has changed, and never needed."""

import os
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from scaffold.generate.render.compiled import Compiled


class Place:
    """A folder with a template, the module that compiles it, and what is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = folder / "kept"
        self.template = self._file("hello.j2", "1 + 1")
        self.compiler = self._file("compiler.py", "")
        self.compilations = 0

    def run(self) -> Any:
        """Evaluate the template as a run of its own does."""
        compiled = Compiled(self.kept, str(self.compiler))
        code = compiled.code("hello.j2", str(self.template), self._compile)
        compiled.keep()
        return eval(code)

    def _compile(self) -> CodeType:
        self.compilations += 1
        return compile(self.template.read_text(), "hello.j2", "eval")

    def _file(self, name: str, text: str) -> Path:
        (self.folder / name).write_text(text)
        return self.folder / name


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_the_next_run_compiles_nothing(place: Place) -> None:
    assert [place.run(), place.run()] == [2, 2]
    assert place.compilations == 1
    assert sorted(os.listdir(place.folder)) == ["compiler.py", "hello.j2", "kept"]


def _change_template(place: Place) -> None:
    place.template.write_text("1 + 10")


def _change_time(place: Place) -> None:
    os.utime(place.template, (1, 1))


def _change_compiler(place: Place) -> None:
    place.compiler.write_text("# another")


def _break(place: Place) -> None:
    place.kept.write_bytes(b"broken")


def _truncate(place: Place) -> None:
    place.kept.write_bytes(place.kept.read_bytes()[:-10])


def _write_something_else(place: Place) -> None:
    place.kept.write_bytes(b"N")  # None, as marshal writes it


CHANGES: dict[str, tuple[Callable[[Place], None], int]] = {
    "template": (_change_template, 11),
    "template-of-the-same-size": (_change_time, 2),
    "compiler": (_change_compiler, 2),
    "file-broken": (_break, 2),
    "file-truncated": (_truncate, 2),
    "file-of-another-kind": (_write_something_else, 2),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_has_changed_is_compiled_anew(place: Place, name: str) -> None:
    change, value = CHANGES[name]
    place.run()
    change(place)
    assert [place.run(), place.run()] == [value, value]
    assert place.compilations == 2


def test_a_folder_that_is_gone_is_no_fault(place: Place) -> None:
    place.kept = place.folder / "gone" / "kept"
    assert [place.run(), place.run()] == [2, 2]
    assert place.compilations == 2
