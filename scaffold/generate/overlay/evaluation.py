"""In the child: the values of a template's variables, by the rules of cookiecutter's own prompts.

The user's answers are data and are not rendered; only the values of `cookiecutter.json` are.
"""

from collections.abc import Mapping
from typing import Any

from cookiecutter.prompt import render_variable
from jinja2 import Environment, TemplateError

from scaffold.generate.overlay.conventions import PROMPTS, fits, is_asked, is_raw, texts


class BadVariable(Exception):  # noqa: N818 - becomes a message about the template
    """A variable that cannot get a value; the message says why."""


class Evaluation:
    """Evaluates the variables in their order; each can use those before it."""

    def __init__(self, env: Environment, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
        self._env = env
        self._facts = facts
        self._answers = answers
        self.values: dict[str, Any] = {}
        self.answered: dict[str, Any] = {}
        """The answers that give these values: for a choice, the text of the option."""
        self.offers: dict[str, dict[str, Any]] = {}
        """For each variable that is asked: its `default`, and the `options` of a choice."""

    def run(self, variables: Mapping[str, Any]) -> None:
        """Fill `values`, `answered` and `offers`; raises BadVariable.

        Dictionaries come last: cookiecutter lets them refer to every other variable.
        """
        self.values = {name: fact for name, fact in self._facts.items() if name not in variables}
        for name, raw in variables.items():
            if is_raw(name):
                self.values[name] = raw
            elif name != PROMPTS and (name.startswith("__") or not isinstance(raw, dict)):
                self._evaluate(name, raw)
        for name, raw in variables.items():
            if isinstance(raw, dict) and name != PROMPTS and not is_raw(name):
                self._evaluate(name, raw)

    def _evaluate(self, name: str, raw: Any) -> None:
        try:
            default: Any = render_variable(self._env, raw, self.values)
        except TemplateError as error:
            raise BadVariable(f"the default of `{name}` in cookiecutter.json: {error.message}") from error
        if not is_asked(name):
            self.values[name] = default
        elif isinstance(raw, list):
            self.values[name] = self._choice(name, default)
        else:
            self.values[name] = self._answer(name, raw, default)

    def _answer(self, name: str, raw: Any, default: Any) -> Any:
        fact = self._facts.get(name)
        offered = fact if fits(raw, fact) else default
        self.offers[name] = {"default": offered}
        answer = self._answers.get(name, offered)
        self.answered[name] = _merged(offered, answer) if isinstance(raw, dict) else answer
        return self.answered[name]

    def _choice(self, name: str, options: list[Any]) -> Any:
        if not options:
            raise BadVariable(f"`{name}` in cookiecutter.json has no choices")
        offered = texts(options)
        fact = self._facts.get(name)
        default = fact if fact in offered else offered[0]
        self.offers[name] = {"default": default, "options": offered}
        answer = self._answers.get(name, default)
        if answer not in offered:
            raise BadVariable(f"`{name}` must be one of {', '.join(offered)}, not {answer}")
        self.answered[name] = answer
        return options[offered.index(answer)]


def _merged(default: Any, answer: Any) -> Any:
    """Return the answer merged into the default: members that are not given keep their defaults."""
    if not isinstance(default, dict) or not isinstance(answer, dict):
        return answer
    return {**default, **{key: _merged(default.get(key), member) for key, member in answer.items()}}
