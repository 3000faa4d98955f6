"""The order of the steps, and what going back does."""

from collections.abc import Callable

import pytest

from scaffold.generate.wizard.navigation import Back, Step, navigate

State = dict[str, str]
Reply = str | type[Back]


def _navigate(replies: list[Reply], steps_of: Callable[[State], list[str]]) -> tuple[State, list[str]]:
    """Return the last state, and the keys of the steps in the order in which they were asked."""
    asked = []
    coming = iter(replies)

    def step(key: str) -> Step[State]:
        def ask(state: State) -> State:
            asked.append(key)
            reply = next(coming)
            if isinstance(reply, type):
                raise reply
            return {**state, key: reply}

        return Step(key, ask)

    return navigate({}, lambda state: [step(key) for key in steps_of(state)], []), asked


def _abc(_: State) -> list[str]:
    return ["a", "b", "c"]


def _b_after_yes(state: State) -> list[str]:
    return ["a", *(["b"] if state.get("a") == "yes" else []), "c"]


@pytest.mark.parametrize(
    ("steps_of", "replies", "asked", "state"),
    [
        pytest.param(_abc, ["1", "2", "3"], "abc", {"a": "1", "b": "2", "c": "3"}, id="forward"),
        pytest.param(
            _abc, ["1", "2", Back, "5", "3"], "abcbc", {"a": "1", "b": "5", "c": "3"}, id="one back"
        ),
        pytest.param(
            _abc, ["1", "2", Back, Back, "4", "5", "6"], "abcbabc", {"a": "4", "b": "5", "c": "6"},
            id="back to the first, then all again",
        ),
        pytest.param(_b_after_yes, ["no", "3"], "ac", {"a": "no", "c": "3"}, id="not called for"),
        pytest.param(
            _b_after_yes, ["no", Back, "yes", "2", "3"], "acabc", {"a": "yes", "b": "2", "c": "3"},
            id="called for after a change",
        ),
        pytest.param(
            _b_after_yes, ["yes", "2", Back, Back, "no", "3"], "abcbac", {"a": "no", "b": "2", "c": "3"},
            id="no longer called for, its answer kept",
        ),
    ],
)  # fmt: skip
def test_steps_are_asked_in_order(
    steps_of: Callable[[State], list[str]], replies: list[Reply], asked: str, state: State
) -> None:
    assert _navigate(replies, steps_of) == (state, list(asked))


def test_going_back_from_the_first_step_keeps_its_answer() -> None:
    with pytest.raises(Back) as back:
        _navigate(["1", Back, Back], _abc)
    assert back.value.kept == {"a": "1"}


def test_going_back_skips_a_step_that_no_longer_applies() -> None:
    def once(state: State) -> list[str]:
        return ["a", *([] if "b" in state else ["b"]), "c"]

    assert _navigate(["1", "2", Back, "4", "3"], once) == ({"a": "4", "b": "2", "c": "3"}, list("abcac"))
