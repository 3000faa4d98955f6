"""Runs the wizard in this process with given keys; returns its answers and what was on the screen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pyte
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output

from scaffold.errors import Interrupted, ScaffoldError
from scaffold.generate import wizard
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.reading import draft_of
from scaffold.generate.answers.record import Answers
from scaffold.generate.wizard.kept import Kept
from scaffold.generate.wizard.resuming import KEPT
from scaffold.generate.wizard.screen import Screen
from scaffold.kommo.area import Group
from scaffold.kommo.areas import AREAS
from scaffold.kommo.limits import LOCALES

ENTER, SPACE, DOWN, UP, BACK, CTRL_C = "\r", " ", "\x1b[B", "\x1b[A", "\x02", "\x03"
CLEAR = "\x15"

_ROWS = 100
"""High enough for any prompt."""

TO_AREAS = ENTER
"""The keys past the name."""
TO_HOW = TO_AREAS + ENTER
"""The keys past the areas, if they need no answers."""
CUSTOMISING = DOWN + ENTER
TO_CODE = TO_HOW + CUSTOMISING + ENTER
"""The keys past the panel, in a customised interview."""
TO_FIELDS = TO_CODE + ENTER * 4
"""The keys past code, languages and the two descriptions."""
TO_REVIEW = TO_HOW + ENTER
SPANISH = DOWN * LOCALES["kommo"].index("es") + SPACE
"""The keys that toggle Spanish in the list of languages."""

_ON_SCREEN = [area.code for group in Group for area in AREAS if area.group is group]


def ticking(*codes: str) -> str:
    """Return the keys that toggle areas in the list, starting from its first entry, and accept."""
    keys, place = "", 0
    for code in sorted(codes, key=_ON_SCREEN.index):
        keys += DOWN * (_ON_SCREEN.index(code) - place) + SPACE
        place = _ON_SCREEN.index(code)
    return keys + ENTER


def choosing(number: int) -> str:
    """Return the keys that choose entry `number` of a list, counted from 0."""
    return DOWN * number + ENTER


class _Stream:
    """A text stream that keeps what is written, one piece for each flush."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.pieces = [""]

    def write(self, text: str) -> None:
        self.pieces[-1] += text

    def flush(self) -> None:
        self.pieces.append("")

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@dataclass(frozen=True)
class Run:
    """One run of the wizard."""

    answers: Answers | None
    """None if the wizard was stopped."""
    pieces: Sequence[str]
    """The output between one drawing and the next."""
    columns: int
    asked_for: Sequence[Answers]
    """The answers for which the tree of files was requested."""

    @cached_property
    def frames(self) -> list[str]:
        """The screen after each drawing, with prompts."""
        screen = pyte.Screen(self.columns, _ROWS)
        stream = pyte.Stream(screen)
        return [_text_after(piece, screen, stream) for piece in self.pieces if piece]

    @cached_property
    def text(self) -> str:
        """The screen at the end; it is high enough to show the whole interview."""
        screen = pyte.Screen(self.columns, _ROWS)
        return _text_after("".join(self.pieces), screen, pyte.Stream(screen))

    @property
    def prompt(self) -> str:
        """The last prompt after the last key: the text below the last answer, before it was erased."""
        left = self.text.removesuffix(KEPT).rstrip("\n")
        frame = next(
            one for one in reversed(self.frames) if one.startswith(left) and one not in (left, self.text)
        )
        return frame.removeprefix(left).strip("\n")

    @property
    def areas(self) -> list[str]:
        assert self.answers is not None, self.text
        return list(map(str, self.answers.areas))


def _text_after(piece: str, screen: pyte.Screen, stream: pyte.Stream) -> str:
    stream.feed(piece)
    # like `screen.display`, which is slow because it reads each of the many empty cells
    rows: Iterator[Mapping[int, Any]] = (screen.buffer.get(y, {}) for y in range(screen.lines))
    return "\n".join(_line(row) for row in rows).rstrip()


def _line(row: Mapping[int, Any]) -> str:
    cells = (row[x].data if x in row else " " for x in range(max(row, default=-1) + 1))
    return "".join(cells).rstrip()


def drive(
    *keys: str,
    given: Iterable[str] = (),
    folder: str = "demo",
    tree: Sequence[str] | ScaffoldError = ("README.md", "widget/manifest.json"),
    columns: int = 80,
    rows: int = _ROWS,
    more: Callable[[Draft], Iterable[Question]] = lambda _: (),
    kept: Kept | None = None,
    colours: ColorDepth = ColorDepth.DEPTH_4_BIT,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> Run:
    """Run the wizard with `keys`, and stop it when they end; `given` are answers as for `--set`.

    `more` are the questions of an overlay template.
    """
    stream = _Stream()
    output = Vt100_Output(
        stream,  # type: ignore[arg-type]
        lambda: Size(rows=rows, columns=columns),
        term="xterm",
        default_color_depth=colours,
    )
    asked_for: list[Answers] = []

    def tree_of(answers: Answers) -> Sequence[str]:
        asked_for.append(answers)
        if isinstance(tree, ScaffoldError):
            raise tree
        return tree

    with create_pipe_input() as pipe:
        pipe.send_text("".join(keys))
        pipe.close()
        try:
            draft = draft_of(None, list(given), folder_name=folder)
            answers = wizard.ask(draft, tree_of, Screen(pipe, output, environment), more, kept)
        except Interrupted:
            answers = None
    return Run(answers, stream.pieces, columns, asked_for)
