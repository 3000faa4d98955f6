"""The review page: one list of what to do, every answer, and the files; choosing an answer changes it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from scaffold.errors import ScaffoldError
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.resolve import code_of
from scaffold.generate.answers.validate import complete
from scaffold.generate.wizard.answer_rows import Row
from scaffold.generate.wizard.listing import Group, Option
from scaffold.generate.wizard.terminal import Heading, Terminal
from scaffold.text import count

TreeOf = Callable[[Answers], Iterable[str]]
"""Returns the paths of all files that would be written; raises ScaffoldError."""

WRITE, CANCEL, FILES = ("write",), ("cancel",), ("files",)
"""The values of the page's options, besides the step keys of the answers."""

_HEADING = Heading("Ready to write?", "nothing is written yet; choose an answer to change it")


class Page:
    """Shows the answers and the files until the user writes, cancels, or picks an answer to change."""

    def __init__(self, terminal: Terminal, tree_of: TreeOf) -> None:
        self._terminal = terminal
        self._tree_of = tree_of
        self._unfolded = False

    def ask(self, draft: Draft, rows: Sequence[Row], focus: object = WRITE) -> object:
        """Return `WRITE`, `CANCEL`, or the key of the answer to change; raises Back."""
        paths, faults = self._outcome(draft)
        root = draft.folder_name or code_of(draft)
        while True:
            folded = ", ".join(_folded(paths))
            options = [*_verbs(f"{root}/: {folded}", faults), *_answers(rows)]
            options += self._files(root, folded, paths)
            chosen = self._terminal.review(_HEADING, options, focus, FILES, faults)
            if chosen != FILES:
                return chosen
            self._unfolded = not self._unfolded
            focus = FILES

    def _outcome(self, draft: Draft) -> tuple[list[str], tuple[str, ...]]:
        """Return the paths of the files that would be written, and what is wrong with the answers."""
        try:
            return list(self._tree_of(complete(draft))), ()
        except AnswersError as error:
            return [], tuple(fault.message for fault in error.faults)
        except ScaffoldError as error:
            return [], (error.message,)

    def _files(self, root: str, folded: str, paths: Sequence[str]) -> Iterator[Option | Group]:
        """Yield one line that sums up the files, and the tree below it if it is unfolded."""
        if not paths:
            return
        yield Group("Files")
        yield Option(FILES, f"{root}/", f"{'folds' if self._unfolded else 'unfolds'} the tree", folded)
        if self._unfolded:
            from scaffold.files.apply import tree_lines

            for line in tree_lines(paths, encoding=self._terminal.encoding):
                yield Option(FILES, f"  {line}")


def _verbs(files: str, faults: Sequence[str]) -> list[Option]:
    """Return what can be done with all of it; writing `files` only if there are no faults."""
    write = [] if faults else [Option(WRITE, "write it", files)]
    return [*write, Option(CANCEL, "cancel", "writes nothing and forgets the answers")]


def _answers(rows: Sequence[Row]) -> Iterator[Option | Group]:
    for title, taken in (("Your answers", False), ("Defaults", True)):
        yield Group(title)
        yield from (Option(row.key, row.label, row.why, row.answer) for row in rows if row.taken is taken)


def _folded(paths: Iterable[str]) -> Iterator[str]:
    """Yield each top folder with the number of its files, largest first, then the number of other files."""
    tops = Counter(path.partition("/")[0] if "/" in path else "" for path in paths)
    alone = tops.pop("", 0)
    yield from (f"{top}/ {count(number, 'file')}" for top, number in tops.most_common())
    if alone:
        yield count(alone, "other file") if tops else count(alone, "file")
