"""The review page: every answer in words, the files folded, and from the same list the way to change one."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from scaffold.documents.source import AnswersError
from scaffold.errors import ScaffoldError
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.resolve import code_of
from scaffold.generate.answers.validate import complete
from scaffold.generate.wizard.answer_rows import Row
from scaffold.generate.wizard.listing import Group, Option
from scaffold.generate.wizard.terminal import Heading, Terminal
from scaffold.text import count

TreeOf = Callable[[Answers], Iterable[str]]
"""Returns the paths of all files that the answers give; raises ScaffoldError."""

WRITE, CANCEL, FILES = ("write",), ("cancel",), ("files",)
"""What is chosen on the page, beside the key of an answer's step."""

_HEADING = Heading("All right?", "nothing is written before this; an answer that is chosen is asked again")


class Page:
    """Shows the answers and the files until one of the verbs is chosen, or an answer to change."""

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
        """Return the files that would be written, or what is wrong."""
        try:
            return list(self._tree_of(complete(draft))), ()
        except AnswersError as error:
            return [], tuple(fault.message for fault in error.faults)
        except ScaffoldError as error:
            return [], (error.message,)

    def _files(self, root: str, folded: str, paths: Sequence[str]) -> Iterator[Option | Group]:
        """Yield the folded line of files, and the tree below it once it is unfolded."""
        if not paths:
            return
        yield Group("Files")
        yield Option(FILES, f"{root}/", f"{'folds' if self._unfolded else 'unfolds'} the tree", folded)
        if self._unfolded:
            from scaffold.files.apply import tree_lines

            for line in tree_lines(paths, encoding=self._terminal.encoding):
                yield Option(FILES, f"  {line}")


def _verbs(files: str, faults: Sequence[str]) -> list[Option]:
    """Return what can be done with all of it; writing, which says what, only while nothing is wrong."""
    write = [] if faults else [Option(WRITE, "write it", files)]
    return [*write, Option(CANCEL, "cancel", "nothing is written, and the answers are forgotten")]


def _answers(rows: Sequence[Row]) -> Iterator[Option | Group]:
    for title, taken in (("Your answers", False), ("Defaults taken", True)):
        yield Group(title)
        yield from (Option(row.key, row.label, row.why, row.answer) for row in rows if row.taken is taken)


def _folded(paths: Iterable[str]) -> Iterator[str]:
    """Yield each top folder with the number of its files, the largest first, then how many others are."""
    tops = Counter(path.partition("/")[0] if "/" in path else "" for path in paths)
    alone = tops.pop("", 0)
    yield from (f"{top}/ {count(number, 'file')}" for top, number in tops.most_common())
    if alone:
        yield count(alone, "other file") if tops else count(alone, "file")
