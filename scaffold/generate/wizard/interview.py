"""The wizard: the questions, then the review page, from which any answer can be changed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from scaffold.documents.source import AnswersError
from scaffold.errors import Interrupted, ScaffoldError
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.question import Question, Subject
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS, TEMPLATE_ANSWERS
from scaffold.generate.answers.resolve import applies, code_of, relevant, value_of
from scaffold.generate.answers.validate import complete
from scaffold.generate.wizard import area_page
from scaffold.generate.wizard.asking import asker
from scaffold.generate.wizard.listing import Option
from scaffold.generate.wizard.localized import fit, fitted
from scaffold.generate.wizard.navigation import Back, Step, navigate
from scaffold.generate.wizard.prompts import Holder, steps_for
from scaffold.generate.wizard.terminal import Heading, Terminal
from scaffold.generate.wizard.wrapping import cut, hanging, label, summary

TreeOf = Callable[[Answers], Iterable[str]]
"""Returns the paths of all files that the answers give; raises ScaffoldError."""

More = Callable[[Draft], Iterable[Question]]
"""Returns a template's own questions, as the answers so far make them."""

_GREETING = (
    "A few questions, then a review page with everything that will be written."
    " Ctrl-B or Shift-Tab goes back one question, Ctrl-C stops and leaves nothing behind."
)

_SUMMARY_CHARS = 300
"""What the review page shows of one answer at most."""


class Interview:
    """Asks everything there is to ask, in one terminal."""

    def __init__(self, terminal: Terminal, tree_of: TreeOf, more: More) -> None:
        self._terminal = terminal
        self._tree_of = tree_of
        self._more = more
        self._ask = asker(terminal)
        self._passed: list[str] = []

    def run(self, draft: Draft) -> Draft:
        """Return the draft as the user accepted it on the review page; raises Interrupted."""
        self._terminal.say(hanging(_GREETING, self._terminal.columns, 0))
        while True:
            try:
                return settled(navigate(draft, self._sequence, self._passed))
            except Back as back:
                draft = back.kept

    def about(self, draft: Draft, codes: frozenset[str]) -> Draft:
        """Return the draft with answers to what is asked about some areas and not answered yet."""
        known = frozenset(draft)

        def steps(current: Draft) -> list[Step[Draft]]:
            return [
                step
                for question in QUESTIONS
                if question.key not in known and codes & {*question.areas} and applies(question, current)
                for step in (
                    steps_for(question, current.locales, _DRAFT, self._ask) if question.offered else ()
                )
                if step.asked
            ]

        while True:
            try:
                return settled(navigate(draft, steps, self._passed))
            except Back as back:
                draft = back.kept

    def _sequence(self, draft: Draft) -> list[Step[Draft]]:
        steps = [step for step in self._steps(draft) if step.asked]
        if all(step.key in self._passed for step in steps):  # a template's defaults are made of ours
            steps += [step for step in self._template_steps(draft) if step.asked]
        return [*steps, Step("review", self._review)]

    def _steps(self, draft: Draft) -> list[Step[Draft]]:
        """Return the prompts of all questions that apply, also of those not asked by themselves."""
        steps = []
        for question in QUESTIONS:
            if question.offered and applies(question, draft):
                steps += steps_for(question, draft.locales, _DRAFT, self._ask)
            if question.key == "areas":
                steps += area_page.follow_ups(draft, self._terminal)
        return steps

    def _template_steps(self, draft: Draft) -> list[Step[Draft]]:
        questions = self._more(draft)
        return [step for one in questions for step in steps_for(one, draft.locales, _TEMPLATE, self._ask)]

    def _review(self, draft: Draft) -> Draft:
        """Show everything and return the draft once it is accepted; raises Back, which keeps the changes."""
        while True:
            fault = self._show(settled(draft))
            write = [] if fault else [Option("write", "write it")]
            options = [*write, Option("change", "change one answer"), Option("cancel", "cancel")]
            why = "nothing is written before this"
            try:
                verb = self._terminal.choose(Heading("All right?", why), options, options[0].value)
            except Back:
                raise Back(draft) from None
            if verb == "write":
                return draft
            if verb == "cancel":
                raise Interrupted
            draft = self._change(draft)

    def _show(self, draft: Draft) -> bool:
        """Write the tree and the answers, and what is wrong with them; return whether anything is."""
        terminal = self._terminal
        faults: tuple[str, ...] = ()
        try:
            answers = complete(draft)
            tree = self._drawn(draft.folder_name or answers.code, self._tree_of(answers))
            terminal.say("\nFiles", "bold")
            terminal.say(tree)
        except AnswersError as error:
            faults = tuple(fault.message for fault in error.faults)
        except ScaffoldError as error:
            faults = (error.message,)
        terminal.say("\nAnswers", "bold")
        for question, value in self._answers(draft):
            if value is not None:
                line = f"{label(question.prompt)} {cut(summary(value), _SUMMARY_CHARS)}"
                terminal.say("  " + hanging(line, terminal.columns, 4).lstrip())
        for fault in faults:
            terminal.say("! " + hanging(fault, terminal.columns, 2).lstrip(), "class:fault")
        terminal.say("")
        return bool(faults)

    def _answers(self, draft: Draft) -> Iterator[tuple[Question, Any]]:
        """Yield every question with its plain answer or default, None: none; a template's own in the end."""
        yield from (pair for pair in answers_of(draft) if pair[0].key != TEMPLATE_ANSWERS)
        for question in self._more(draft):
            given = _TEMPLATE.given(draft, question)
            yield question, question.default if given is None else given

    def _drawn(self, root: str, paths: Iterable[str]) -> str:
        from scaffold.files.apply import tree_lines

        lines = (f"{root}/", *tree_lines(paths, encoding=self._terminal.encoding))
        return "\n".join(f"  {line}" for line in lines)

    def _change(self, draft: Draft) -> Draft:
        """Ask one question of the user's choice again, and what its new answer calls for."""
        options = [
            Option(question.key, cut(f"{label(question.prompt)} {summary(value)}", _SUMMARY_CHARS))
            for question, value in self._answers(settled(draft))
            if question.offered
        ]
        heading = Heading("Which answer?", "then back to the review page")
        try:
            key = self._terminal.choose(heading, options, options[0].value)
            passed: list[str] = []
            changed = navigate(draft, lambda state: self._reopened(state, key), passed)
        except Back:
            return draft
        self._passed += [step for step in passed if step not in self._passed]
        return changed

    def _reopened(self, draft: Draft, key: str) -> list[Step[Draft]]:
        return [
            step
            for step in (*self._steps(draft), *self._template_steps(draft))
            if key in step.about or (step.asked and step.key not in self._passed)
        ]


def _put(draft: Draft, question: Question, value: Any) -> Draft:
    return draft.without(question.key) if value is None else draft.answer(question.key, value)


_DRAFT: Holder[Draft] = Holder(
    draft_of=lambda draft: draft,
    given=lambda draft, question: draft.get(question.key),
    default=lambda draft, question: question.default_for(Subject(draft, code_of(draft))),
    put=_put,
)


def _template_answers(draft: Draft) -> dict[str, Any]:
    return dict(draft.get(TEMPLATE_ANSWERS) or {})


def _name(question: Question) -> str:
    return question.key.removeprefix(f"{TEMPLATE_ANSWERS}.")


def _put_template(draft: Draft, question: Question, value: Any) -> Draft:
    others = {name: held for name, held in _template_answers(draft).items() if name != _name(question)}
    given = others if value is None else {**others, _name(question): value}
    return draft.answer(TEMPLATE_ANSWERS, given) if given else draft.without(TEMPLATE_ANSWERS)


_TEMPLATE: Holder[Draft] = Holder(
    draft_of=lambda draft: draft,
    given=lambda draft, question: _template_answers(draft).get(_name(question)),
    default=lambda _, question: question.default,
    put=_put_template,
)


def settled(draft: Draft) -> Draft:
    """Return the draft without what the last changes made void: areas taken back, locales left out."""
    return fit(relevant(draft))


def answers_of(draft: Draft) -> Iterator[tuple[Question, Any]]:
    """Yield the questions that apply with their plain answers or defaults, None: none, for people to read."""
    for question in QUESTIONS:
        if applies(question, draft):
            yield question, fitted(question.kind, value_of(question, draft), draft.locales)
