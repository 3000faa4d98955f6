"""script.js of every case, run in node by a host that has the documented members and no others."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scaffold.generate.answers.record import Answers
from scaffold.generate.render.script import names_in
from scaffold.kommo.areas import AREAS
from scaffold.kommo.callbacks import ALWAYS, BY_NAME, REQUIRED
from tests import cases, hosting
from tests.cases import EVERY_CASE, Case

Called = dict[str, Any]

MAY_BE_MISSING = "menu.items"
"""A page without sub-items has no titles for them; the script guards the one place that reads them."""


def expected_callbacks(answers: Answers) -> set[str]:
    return {*ALWAYS, *(name for area in AREAS if answers.has(area.code) for name in area.callbacks)}


def visits(report: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for locale, seen in report.items():
        for visit in seen["visits"]:
            yield locale, visit


@EVERY_CASE
def test_has_the_documented_callbacks_of_its_areas_and_no_other(case: Case, reports: dict[str, Any]) -> None:
    for seen in reports[case.name].values():
        assert sorted(seen["callbacks"]) == sorted(expected_callbacks(case.answers))


@EVERY_CASE
def test_runs_in_every_area_without_a_fault(case: Case, reports: dict[str, Any]) -> None:
    assert list(reports[case.name]) == list(case.answers.locales)
    for locale, seen in reports[case.name].items():
        assert seen["errors"] == [], locale
        assert seen["globals"] == [], locale
        assert set(case.answers.codes) <= {visit["area"] for visit in seen["visits"]}


@EVERY_CASE
def test_calls_every_callback_it_has(case: Case, reports: dict[str, Any]) -> None:
    for seen in reports[case.name].values():
        called = {call["callback"] for visit in seen["visits"] for call in visit["called"]}
        assert called == expected_callbacks(case.answers)


@EVERY_CASE
def test_lifecycle_callbacks_return_true(case: Case, reports: dict[str, Any]) -> None:
    starts = {
        (call["callback"], call.get("returned"))
        for _, visit in visits(reports[case.name])
        for call in visit["called"]
        if call["callback"] in (*REQUIRED, "onSave")
    }
    assert starts == {("render", True), ("init", True), ("bind_actions", True), ("onSave", True)}


@EVERY_CASE
def test_leaves_nothing_behind(case: Case, reports: dict[str, Any]) -> None:
    for locale, seen in reports[case.name].items():
        assert seen["left"] == [], locale


@EVERY_CASE
def test_links_its_style_once_with_its_version(case: Case, reports: dict[str, Any]) -> None:
    for seen in reports[case.name].values():
        has_style = "widget/style.css" in case.tree
        folder = f"https://cdn.acme.example/upl/{hosting.CODE}/1/widget"
        assert seen["styles"] == [f"{folder}/style.css?v={case.answers.version}"] * has_style


def test_has_a_style_sheet_exactly_if_it_draws() -> None:
    without = {"sms", "ai_agent", "everywhere", "lead_sources", "lcard-0"}
    drawing = {"minimal", "llist-0", "advanced_settings", "digital_pipeline", "settings"}
    for name in without | drawing:
        tree = cases.BY_NAME[name].tree
        has, links = "widget/style.css" in tree, "/style.css" in tree.text("widget/script.js")
        assert has == links == (name in drawing), name


@EVERY_CASE
def test_every_handler_has_something_to_handle(case: Case, reports: dict[str, Any]) -> None:
    for seen in reports[case.name].values():
        assert seen["idle"] == []


@EVERY_CASE
def test_every_text_it_reads_exists(case: Case, reports: dict[str, Any]) -> None:
    for locale, seen in reports[case.name].items():
        missing = [key for key in seen["missing"] if not key.startswith(MAY_BE_MISSING)]
        assert missing == [], locale


@EVERY_CASE
def test_loads_every_template_it_has_and_no_other(case: Case, reports: dict[str, Any]) -> None:
    has = {path.removeprefix("widget/") for path in case.tree if path.endswith(".twig")}
    for seen in reports[case.name].values():
        assert set(seen["templates"]) == has


@EVERY_CASE
def test_runs_on_a_host_that_returns_as_little_as_documented(
    case: Case, frugal: dict[str, list[str]]
) -> None:
    assert frugal[case.name] == []


def is_product(value: Any) -> bool:
    types = {"id": int, "sku": str, "name": str, "price": str}
    return isinstance(value, dict) and {key: type(member) for key, member in value.items()} == types


def is_element(value: Any) -> bool:
    types = {"id": int, "sku": str, "name": str, "price": str, "quantity": int}
    return isinstance(value, dict) and {key: type(member) for key, member in value.items()} == types


def has_exits(value: Any) -> bool:
    return (
        list(value) == ["exits"]
        and len(value["exits"]) > 0
        and all(
            list(exit_) == ["code", "title"] and exit_["code"] and exit_["title"] for exit_ in value["exits"]
        )
    )


def has_steps(value: Any) -> bool:
    asking, leaving = (step["question"] for step in json.loads(value))
    return (
        [handler["handler"] for handler in asking] == ["widget_request", "goto"]
        and asking[1]["params"] == {"type": "question", "step": 1}
        and [handler["handler"] for handler in leaving[:-1]] == ["conditions"] * (len(leaving) - 1)
        and leaving[-1]["handler"] == "exits"
    )


RETURNS: dict[str, Callable[[Any], bool]] = {
    "void": lambda value: value is None,
    "boolean": lambda value: value is True,
    "boolean | void": lambda value: value in (True, None),
    "boolean | Promise<boolean>": lambda value: value is True,
    "string": has_steps,
    "{ exits: Array<{ code: string, title: string }> }": has_exits,
    "Promise<Kommo.CardSdkProduct[]>": lambda value: all(map(is_product, value)),
    "Promise<Kommo.CardSdkProduct[] | {}>": lambda value: value == {} or all(map(is_product, value)),
    "Promise<Kommo.CardSdkElement[]>": lambda value: all(map(is_element, value)),
    "Promise<void>": lambda value: value is None,
}
"""Documented type -> whether a value, after its promise is awaited, has it."""


@EVERY_CASE
def test_returns_what_is_documented(case: Case, reports: dict[str, Any]) -> None:
    for locale, visit in visits(reports[case.name]):
        for call in visit["called"]:
            type_ = BY_NAME[call["callback"]].returns
            assert RETURNS[type_](call.get("returned")), (locale, visit["area"], visit["mood"], call)
            if type_.startswith("Promise"):
                assert call["promise"], (locale, visit["area"], visit["mood"], call)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        pytest.param("texts('a').b(c)", {"texts", "c"}, id="without members"),
        pytest.param("// texts\n/* mark\n draw */ leave", {"leave"}, id="without comments"),
        pytest.param(r"a = 'it\'s texts' + " + '"mark"', {"a"}, id="without texts"),
        pytest.param(
            "$modal_body, self\n, NS + '-'", {"$modal_body", "self", "NS"}, id="signs and line ends"
        ),
        pytest.param("", set(), id="nothing"),
    ],
)
def test_the_names_in_code_are_found(code: str, names: set[str]) -> None:
    assert names_in(code) == names
