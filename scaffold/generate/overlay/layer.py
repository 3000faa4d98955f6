"""An overlay template in use: fetched, its questions asked, rendered, applied on top of the widget."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from scaffold.errors import ScaffoldError
from scaffold.files.tree import Tree
from scaffold.generate.answers import blocks
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.kinds.overlay_source import is_local
from scaffold.generate.answers.question import Question
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.validate import complete
from scaffold.generate.overlay import checking, process, snapshot, variables
from scaffold.generate.overlay.context import NAMES, facts
from scaffold.generate.overlay.fetching import Fetched, fetch
from scaffold.generate.overlay.merging import Merged, merge
from scaffold.generate.overlay.template import MENU, STAGED, Template, load
from scaffold.generate.render import render
from scaffold.generate.render.overlays import templates_root

Say = Callable[[str], None]
"""Prints one line to the user."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A project with the template applied."""

    chosen: blocks.Template
    """With all of the template's answers, and the commit or checksum that was used."""
    merged: Merged
    executable: frozenset[str]
    """Paths of the template's executable files."""


class Trust(NamedTuple):
    """What the template may do besides rendering."""

    code: bool = False
    """Run its own code: extensions, and what Jinja2's sandbox forbids."""
    hooks: bool = False
    """Run its hooks."""


@contextmanager
def opened(draft: Draft, trust: Trust, say: Say) -> Iterator["Layer"]:
    """Fetch the template that `draft` names, and keep it until the context ends.

    The answers about the template must not have faults. Raises ScaffoldError if it cannot be fetched or is
    not a template, AnswersError if it differs from the recorded checksum.
    """
    with TemporaryDirectory(prefix="kommo-widget-", ignore_cleanup_errors=True) as folder:
        workshop = Path(folder).resolve()
        if not {"{", "}", "%", "#"}.isdisjoint(str(workshop)):
            raise ScaffoldError(
                f"cannot render in `{workshop}`: templates would read its name as code",
                "set TMPDIR to a folder without braces, percent and number signs in its name",
            )
        (workshop / "tmp").mkdir()
        yield Layer(workshop, fetch(draft, workshop), trust, say)


def starter() -> Tree:
    """Return the files of a small working template to start from."""
    return snapshot.read(templates_root() / "starter", snapshot.NO_PART).files


class Layer:
    """A fetched template; the answers to its questions are in `template.answers`."""

    def __init__(self, workshop: Path, fetched: Fetched, trust: Trust, say: Say) -> None:
        self._workshop = workshop
        self._fetched = fetched
        self._trust = trust
        self._say = say
        self._loaded: dict[str, tuple[Template, Path]] = {}
        self._offers: dict[str, dict[str, Any]] = {}

    def checked(self, draft: Draft, *, complete: bool) -> Draft:
        """Return the draft with the template's answers read, and with their faults; see `checking`.

        With `complete`, missing answers are faults too.
        """
        template, _ = self._template(checking.answers(draft))
        known = self._known(draft, template) if complete else None
        return checking.checked(draft, template.variables, known)

    def questions(self, draft: Draft) -> tuple[Question, ...]:
        """Return the template's questions, without those that the widget's facts answer.

        Their defaults and options depend on the answers so far. Empty if the widget's answers have faults.
        """
        try:
            answers = complete(draft)
        except AnswersError:
            return ()
        template, _ = self._template(checking.answers(draft))
        job = self._job("evaluate", answers, render(answers))
        known = json.dumps(job, sort_keys=True)
        if known not in self._offers:
            self._offers[known] = process.run(self._workshop, job, process.RENDERING)
        offers = self._offers[known]
        own = variables.known(template.variables, job["facts"]) - set(job["answers"])
        open_names = (name for name in offers if name not in own)
        return tuple(variables.question(name, template.variables, offers[name]) for name in open_names)

    def apply(self, answers: Answers, made: Tree, *, hooks: bool) -> Applied:
        """Return the widget's project `made` with the rendered template applied.

        With `hooks`, its hooks run if the template is trusted. Raises ScaffoldError if the template fails,
        exceeds its bounds, or writes where it may not.
        """
        chosen = _chosen(answers)
        template, _ = self._template(chosen.answers or {})
        job = {**self._job("generate", answers, made), "hooks": hooks and self._trust.hooks}
        try:
            bounds = process.TRUSTED if self._trust.code else process.RENDERING
            values = process.run(self._workshop, job, bounds)
            if job["hooks"]:
                for line in process.output(self._workshop):
                    self._say(f"template: {line}")
            out = snapshot.read(self._workshop / "out" / "project", snapshot.REPOSITORIES)
        finally:
            shutil.rmtree(self._workshop / "out", ignore_errors=True)
        out.refuse_links()
        # answers that follow from the widget's own are not recorded twice
        own = variables.known(template.variables, job["facts"]) - set(job["answers"])
        complete = chosen._replace(
            commit=self._fetched.commit,
            sha256=self._fetched.sha256,
            answers={name: value for name, value in values.items() if name not in own} or None,
        )
        return Applied(complete, merge(made, out.files, template.contents), out.executable)

    def _known(self, draft: Draft, template: Template) -> frozenset[str]:
        """Return the names that the widget's facts answer; all facts if the widget's answers have faults."""
        try:
            answers = complete(draft)
        except AnswersError:
            return frozenset(NAMES)
        return variables.known(template.variables, facts(answers, render(answers)))

    def _job(self, name: str, answers: Answers, made: Tree) -> dict[str, Any]:
        chosen = _chosen(answers)
        given = dict(chosen.answers or {})
        template, folder = self._template(given)
        own = {
            STAGED: "project",
            "_template": _name(chosen.source),
            "_checkout": chosen.checkout or None,
        }
        return {
            "name": name,
            "template": str(folder),
            "variables": template.variables,
            "facts": facts(answers, made),
            "answers": given,
            "own": own,
            "trusted": self._trust.code,
        }

    def _template(self, given: dict[str, Any] | Any) -> tuple[Template, Path]:
        """Return the template that the answers choose, and the folder of its files."""
        chosen = str(given.get(MENU, ""))
        if chosen not in self._loaded:
            folder = self._workshop / "templates" / str(len(self._loaded))
            template = load(self._fetched.snapshot, chosen, trusted=self._trust.code)
            template.snapshot.write(folder)
            self._loaded[chosen] = self._prepared(template, folder)
        return self._loaded[chosen]

    def _prepared(self, template: Template, folder: Path) -> tuple[Template, Path]:
        """Report whether hooks run, and run the one that comes before the questions."""
        names = ", ".join(template.hooks)
        if template.hooks and not self._trust.code:
            self._say(f"template: skipping its hooks, which run only with --trust: {names}")
        elif template.hooks and not self._trust.hooks:
            self._say(f"template: skipping its hooks in a dry run: {names}")
        elif template.hooks:
            self._say(f"template: running its hooks: {names}")
        if not self._trust.hooks or not any(hook.startswith("pre_prompt") for hook in template.hooks):
            return template, folder
        job = {"name": "prepare", "template": str(folder)}
        changed = Path(process.run(self._workshop, job, process.TRUSTED)["folder"])
        again = load(snapshot.read(changed, snapshot.NO_PART), "", trusted=True)
        menu = {MENU: template.variables[MENU]} if MENU in template.variables else {}
        return replace(again, variables={**menu, **again.variables}), changed


def _chosen(answers: Answers) -> blocks.Template:
    """Return the answers about the template; empty if there are none."""
    return answers.template or blocks.Template("")


def _name(source: str) -> str:
    """Return the source as the template may print it: without folders of this machine."""
    return Path(source).name if is_local(source) else source
