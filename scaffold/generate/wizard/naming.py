"""The name, and the code derived from it."""

from scaffold.generate.answers import defaults
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.faults import PROMPT
from scaffold.generate.answers.question import Subject
from scaffold.generate.answers.resolve import code_of

A_CODE = "my_widget"
"""The code if neither the destination nor the name gives one."""

_MAX_CHARS = 40
"""Of a code derived from a name: it is also a folder's name."""


def with_code(draft: Draft) -> Draft:
    """Return the draft with a code, which follows the name until the user answers it."""
    return draft if code_of(draft) else _coded(draft, next(iter(_of_names(draft)), A_CODE))


def code_after(draft: Draft, name: str) -> str:
    """Return the widget's code after it is called `name`."""
    return code_of(named(draft, name))


def named(draft: Draft, name: str) -> Draft:
    """Return the draft with the code derived from `name`, if its code was derived from a name before.

    A code from the command line, the destination or the user stays.
    """
    before = draft.given.get("code")
    if before is None or before.source is not PROMPT or before.node.value not in _derived(draft):
        return draft
    return _coded(draft, _of(name) or A_CODE)


def is_derived(draft: Draft) -> bool:
    """Return whether the code was derived from the destination or the name."""
    given = draft.given.get("code")
    return given is None or (given.source is PROMPT and given.node.value in _derived(draft))


def _derived(draft: Draft) -> set[str]:
    return {A_CODE, *_of_names(draft)}


def _of_names(draft: Draft) -> list[str]:
    """Return the codes derived from the name in each of its locales."""
    name = draft.get("name")
    names = name.values() if isinstance(name, dict) else [name]
    return [code for one in names if isinstance(one, str) and (code := _of(one))]


def _of(name: str) -> str:
    code = defaults.code(Subject(Draft(folder_name=name), "")) or ""
    return code[:_MAX_CHARS].rstrip("_")


def _coded(draft: Draft, code: str) -> Draft:
    return draft.answer("code", code)
