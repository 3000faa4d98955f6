"""The wizard in this process: keys in, answers and the screen out."""

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

ENTER, SPACE, DOWN, UP, BACK, CTRL_C = "\r", " ", "\x1b[B", "\x1b[A", "\x02", "\x03"
CLEAR = "\x15"

_ROWS = 100
"""High enough for everything."""

TO_AREAS = ENTER
"""Past the name."""
TO_HOW = TO_AREAS + ENTER
"""Past the areas, where they need nothing."""
CUSTOMISING = DOWN + ENTER
TO_CODE = TO_HOW + CUSTOMISING + ENTER
"""Past the panel, in an interview that asks everything."""
TO_FIELDS = TO_CODE + ENTER * 4
"""Past code, languages and the two descriptions."""
TO_REVIEW = TO_HOW + ENTER

_ON_SCREEN = [area.code for group in Group for area in AREAS if area.group is group]


def ticking(*codes: str) -> str:
    """Return the keys that turn areas on or off in the list of areas, from its first entry on, and accept."""
    keys, place = "", 0
    for code in sorted(codes, key=_ON_SCREEN.index):
        keys += DOWN * (_ON_SCREEN.index(code) - place) + SPACE
        place = _ON_SCREEN.index(code)
    return keys + ENTER


def choosing(number: int) -> str:
    """Return the keys that take the entry `number`, counted from 0, of a list."""
    return DOWN * number + ENTER


class _Stream:
    """A text stream that keeps what is written, in the pieces in which it was flushed."""

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
    """None: it was stopped."""
    pieces: Sequence[str]
    """What was written, up to each time that it was drawn."""
    columns: int
    asked_for: Sequence[Answers]
    """Answers of which a tree was asked."""

    @cached_property
    def frames(self) -> list[str]:
        """What was on the screen each time it was drawn, prompts included."""
        screen = pyte.Screen(self.columns, _ROWS)
        stream = pyte.Stream(screen)
        return [_text_after(piece, screen, stream) for piece in self.pieces if piece]

    @cached_property
    def text(self) -> str:
        """What is left on the screen in the end, which is high enough for everything."""
        screen = pyte.Screen(self.columns, _ROWS)
        return _text_after("".join(self.pieces), screen, pyte.Stream(screen))

    @property
    def prompt(self) -> str:
        """The last prompt, after the last key: what stood below the last answer before it was erased."""
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
    # as `screen.display`, but without its look at each of the many empty cells
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
    """Run the wizard with `keys`, and stop it where they end; `given` are answers as of `--set`.

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
