"""The wizard: the questions, then the review page, from which any answer can be changed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
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
    "Enter takes what is shown, Ctrl-B or Shift-Tab goes back one question, Ctrl-C stops."
    " Nothing is written before the review page."
)

_SAID_CHARS = 40
"""Of a default that is taken; the review page has room for more."""

_NAME = BY_KEY["name"]
_HOW = "how"
_HEADING = Heading("How do you want to answer the rest?", "either way the review page shows every answer")
_RECOMMENDED = Option(
    False, "recommended", "what has a good default takes it; each can be changed on the review page"
)
_CUSTOMISED = Option(True, "customise", "asks for languages, texts, fields and what else the areas can do")

More = Callable[[Draft], Iterable[Question]]
"""Returns a template's own questions, as the answers so far make them."""

Keep = Callable[[Draft, list[str], bool], None]
"""Takes what is answered so far, the keys of the steps passed, and whether all questions are asked."""


class Cancelled(Interrupted):
    """The user will not have the widget, and not go on with it either."""


class Interview:
    """Asks everything there is to ask, in one terminal."""

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
        """Go on after the steps `passed`, as `keep` was given them."""
        self._passed = list(passed)
        self._customised = customised

    def run(self, draft: Draft) -> Draft:
        """Return the draft as the user accepted it on the review page; raises Interrupted."""
        return self._through(draft, self._sequence)

    def greet(self) -> None:
        """Say how the prompts are used."""
        self._terminal.say(hanging(_GREETING, self._terminal.columns, 0), "class:done")

    def about(self, draft: Draft, codes: frozenset[str]) -> Draft:
        """Return the draft with answers to what is asked about some areas and not answered yet."""
        open_ones = [one for one in QUESTIONS if one.key not in draft and codes & {*one.areas}]
        return self._through(
            draft, lambda current: [step for step in self._steps_of(open_ones, current) if step.asked]
        )

    def _through(self, draft: Draft, steps_of: Callable[[Draft], list[Step[Draft]]]) -> Draft:
        while True:
            try:
                return settled(navigate(draft, steps_of, self._passed))
            except Back as back:
                draft = back.kept

    def _sequence(self, draft: Draft) -> list[Step[Draft]]:
        self._keep(draft, self._passed, self._customised)
        steps = [step for step in self._steps(draft) if step.asked]
        if not any(step.is_open(self._passed) for step in steps):  # a template's defaults are made of ours
            steps += [step for step in self._template_steps(draft) if step.asked]
        return [*steps, Step("review", self._review)]

    def _steps(self, draft: Draft) -> list[Step[Draft]]:
        """Return the prompts of all questions that apply, in order, also those not asked by themselves."""
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
        asked = (one for one in questions if one.offered and applies(one, draft))
        return [step for one in asked for step in steps_for(one, draft.locales, ANSWER, self._ask)]

    def _template_steps(self, draft: Draft) -> list[Step[Draft]]:
        holder = template_questions.HOLDER
        return [
            step for one in self._more(draft) for step in steps_for(one, draft.locales, holder, self._ask)
        ]

    def _if_customised(self, step: Step[Draft]) -> Step[Draft]:
        return step if self._customised else replace(step, asked=False)

    def _ask_name(self, question: Question, current: Any, draft: Draft) -> Any:
        folder = "" if draft.folder_name else ", which also names the folder"

        def note(text: str) -> str:
            return f"code: {naming.code_after(draft, text)}{folder}"

        return ask_text(self._terminal, question, current, draft, note)

    def _ask_how(self, draft: Draft) -> Draft:
        """Ask whether the questions that have a default are asked; say which defaults are taken."""
        options = [_RECOMMENDED, _CUSTOMISED]
        self._customised = self._terminal.choose(_HEADING, options, self._customised)
        if not self._customised:
            self._say_taken(draft)
        return draft

    def _say_taken(self, draft: Draft) -> None:
        taken = [row for row in self._rows(draft) if row.taken and row.asked]
        said = "; ".join(f"{row.label.lower()} {cut(row.answer, _SAID_CHARS)}" for row in taken)
        self._terminal.say(hanging(f"Taken: {said}", self._terminal.columns, 2), "class:done")

    def _rows(self, draft: Draft) -> list[Row]:
        return rows(draft, self._passed, self._more(draft))

    def _review(self, draft: Draft) -> Draft:
        """Show everything and return the draft once it is accepted; raises Back, which keeps the changes."""
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
        """Ask for one answer again, and for what its new answer calls for."""
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


def _pinning(step: Step[Draft]) -> Step[Draft]:
    """Return the step of the name, whose default stays what it was when it is accepted.

    It is made of the code, which may be changed later.
    """

    def ask(draft: Draft) -> Draft:
        named = step.ask(draft)
        return named if _NAME.key in named else named.answer(_NAME.key, NAME.default(named, _NAME))

    return replace(step, ask=ask)
