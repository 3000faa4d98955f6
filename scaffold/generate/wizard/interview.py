"""The wizard: the questions, then the review page, from which any answer can be changed."""

from collections.abc import Callable, Iterable
from typing import Any

from scaffold.errors import Interrupted
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.registry import BY_KEY, QUESTIONS
from scaffold.generate.answers.resolve import applies
from scaffold.generate.wizard import area_page, naming, template_questions
from scaffold.generate.wizard.answer_rows import Row, rows
from scaffold.generate.wizard.asking import ask_text, asker
from scaffold.generate.wizard.listing import Option
from scaffold.generate.wizard.navigation import Back, Step, navigate
from scaffold.generate.wizard.prompts import steps_for
from scaffold.generate.wizard.questions import ANSWER, NAME, in_order, settled
from scaffold.generate.wizard.review import CANCEL, WRITE, Page, TreeOf
from scaffold.generate.wizard.terminal import Heading, Terminal
from scaffold.generate.wizard.wrapping import cut, hanging

_GREETING = (
    "Enter accepts what is shown, Ctrl-B or Shift-Tab goes back one question, Ctrl-C stops."
    " Nothing is written before you accept the review page."
)

_DEFAULT_CHARS = 40
"""Of each default in the line that lists them; the review page has room for more."""

_NAME = BY_KEY["name"]
_HOW = "how"
_HEADING = Heading("How do you want to answer the rest?", "either way, the review page shows every answer")
_RECOMMENDED = Option(
    False, "recommended", "takes the defaults; each of them can be changed on the review page"
)
_CUSTOMISED = Option(True, "customise", "asks for languages, texts, fields and other options of the areas")

More = Callable[[Draft], Iterable[Question]]
"""Returns a template's own questions, which may depend on the answers so far."""

Keep = Callable[[Draft, list[str], bool], None]
"""Takes the answers so far, the keys of the steps passed, and whether `customise` was chosen."""


class Cancelled(Interrupted):
    """The user does not want the widget, and will not continue later either."""


class Interview:
    """Asks all questions in one terminal."""

    def __init__(
        self,
        terminal: Terminal,
        tree_of: TreeOf = lambda _: (),
        more: More = lambda _: (),
        keep: Keep = lambda *_: None,
    ) -> None:
        """Prepare the interview; `keep` is called before each prompt."""
        self._terminal = terminal
        self._page = Page(terminal, tree_of)
        self._more = more
        self._keep = keep
        self._ask = asker(terminal)
        self._passed: list[str] = []
        self._customised = False

    def resume(self, passed: Iterable[str], *, customised: bool) -> None:
        """Continue after the steps `passed`, as they were given to `keep`."""
        self._passed = list(passed)
        self._customised = customised

    def run(self, draft: Draft) -> Draft:
        """Return the draft that the user accepted on the review page; raises Interrupted."""
        return self._through(draft, self._sequence)

    def greet(self) -> None:
        """Print which keys the prompts understand."""
        self._terminal.say(hanging(_GREETING, self._terminal.columns, 0), "class:done")

    def about(self, draft: Draft, codes: frozenset[str]) -> Draft:
        """Return the draft with answers to the unanswered questions of the areas `codes`."""
        unanswered = [one for one in QUESTIONS if one.key not in draft and codes & {*one.areas}]
        return self._through(draft, lambda current: _unrequested(self._steps_of(unanswered, current)))

    def _through(self, draft: Draft, steps_of: Callable[[Draft], list[Step[Draft]]]) -> Draft:
        while True:
            try:
                return settled(navigate(draft, steps_of, self._passed))
            except Back as back:
                draft = back.kept

    def _sequence(self, draft: Draft) -> list[Step[Draft]]:
        self._keep(draft, self._passed, self._customised)
        steps = _unrequested(self._steps(draft))
        if not any(step.is_open(self._passed) for step in steps):  # a template's defaults depend on ours
            steps += _unrequested(self._template_steps(draft))
        return [*steps, Step("review", self._review)]

    def _steps(self, draft: Draft) -> list[Step[Draft]]:
        """Return the prompts of all questions that apply, in order, including those asked on request."""
        order = in_order(draft)
        name, areas = order.first
        return [
            *map(_pinning, steps_for(name, draft.locales, NAME, self._ask_name)),
            *self._steps_of([areas], draft),
            *area_page.needs(draft, self._terminal),
            *self._steps_of(order.needed, draft),
            Step(_HOW, self._ask_how),
            *map(self._if_customised, area_page.wishes(draft, self._terminal)),
            *map(self._if_customised, self._steps_of(order.others, draft)),
        ]

    def _steps_of(self, questions: Iterable[Question], draft: Draft) -> list[Step[Draft]]:
        applying = (one for one in questions if one.offered and applies(one, draft))
        return [step for one in applying for step in steps_for(one, draft.locales, ANSWER, self._ask)]

    def _template_steps(self, draft: Draft) -> list[Step[Draft]]:
        holder = template_questions.HOLDER
        return [
            step for one in self._more(draft) for step in steps_for(one, draft.locales, holder, self._ask)
        ]

    def _if_customised(self, step: Step[Draft]) -> Step[Draft]:
        return step if self._customised else step._replace(on_request=True)

    def _ask_name(self, question: Question, current: Any, draft: Draft) -> Any:
        folder = "" if draft.folder_name else ", which also names the folder"

        def note(text: str) -> str:
            return f"code: {naming.code_after(draft, text)}{folder}"

        return ask_text(self._terminal, question, current, draft, note)

    def _ask_how(self, draft: Draft) -> Draft:
        """Ask whether to ask the questions that have a default; if not, print the defaults."""
        options = [_RECOMMENDED, _CUSTOMISED]
        self._customised = self._terminal.choose(_HEADING, options, self._customised)
        if not self._customised:
            self._say_defaults(draft)
        return draft

    def _say_defaults(self, draft: Draft) -> None:
        taken = [row for row in self._rows(draft) if row.taken and not row.on_request]
        defaults = "; ".join(f"{row.label.lower()} {cut(row.answer, _DEFAULT_CHARS)}" for row in taken)
        self._terminal.say(hanging(f"Defaults: {defaults}", self._terminal.columns, 2), "class:done")

    def _rows(self, draft: Draft) -> list[Row]:
        return rows(draft, self._passed, self._more(draft))

    def _review(self, draft: Draft) -> Draft:
        """Show the review page and return the draft once it is accepted; raises Back with the changes."""
        focus: object = WRITE
        while True:
            shown = settled(draft)
            try:
                focus = self._page.ask(shown, self._rows(shown), focus)
            except Back:
                raise Back(draft) from None
            if focus == WRITE:
                return draft
            if focus == CANCEL:
                raise Cancelled
            draft = self._changed(draft, str(focus))
            self._keep(draft, self._passed, self._customised)

    def _changed(self, draft: Draft, key: str) -> Draft:
        """Ask for one answer again, and the questions that the new answer makes necessary."""
        passed: list[str] = []

        def steps(state: Draft) -> list[Step[Draft]]:
            every = (*self._steps(state), *self._template_steps(state))
            return [step for step in every if step.key == key or step.is_open(self._passed)]

        try:
            changed = navigate(draft, steps, passed)
        except Back:
            return draft
        self._passed += [step for step in passed if step not in self._passed]
        return changed


def _unrequested(steps: Iterable[Step[Draft]]) -> list[Step[Draft]]:
    return [step for step in steps if not step.on_request]


def _pinning(step: Step[Draft]) -> Step[Draft]:
    """Return the step of the name, changed so that accepting the default stores it as the answer.

    The default is derived from the code, which may change later.
    """

    def ask(draft: Draft) -> Draft:
        named = step.ask(draft)
        return named if _NAME.key in named else named.answer(_NAME.key, NAME.default(named, _NAME))

    return step._replace(ask=ask)
