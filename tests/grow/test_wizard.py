"""`add` in a terminal asks only for the answers that the new areas require."""

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from scaffold.errors import Interrupted
from scaffold.generate import wizard
from scaffold.generate.answers.draft import Draft, node_of
from scaffold.generate.answers.faults import Source
from scaffold.generate.answers.reading import Document, draft_of
from scaffold.generate.wizard.screen import Screen
from scaffold.grow import answers as recorded
from tests.cases import answers_for
from tests.generate.wizard.driving import CTRL_C, ENTER


def asked(draft: Draft, codes: list[str], keys: str) -> Draft:
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        pipe.close()
        return wizard.ask_about(draft, codes, Screen(pipe, DummyOutput()))


@pytest.fixture
def project() -> Draft:
    return draft_of(Document(Source("answers.yml"), node_of(answers_for("lcard-1", "settings"))))


def test_only_answers_of_the_new_area_are_asked(project: Draft) -> None:
    draft = recorded.with_areas(project, ["catalogs"])
    done = asked(draft, ["catalogs"], "77" + ENTER)
    assert done["catalogs.list_id"] == 77
    assert {key: done[key] for key in project if key != "areas"} == {
        key: project[key] for key in project if key != "areas"
    }


def test_an_answer_on_the_command_line_is_not_asked(project: Draft) -> None:
    draft = recorded.with_areas(project, ["catalogs"]).answer("catalogs.list_id", 5)
    assert asked(draft, ["catalogs"], "")["catalogs.list_id"] == 5


def test_an_area_without_required_answers_asks_nothing(project: Draft) -> None:
    draft = recorded.with_areas(project, ["llist-0"])
    assert dict(asked(draft, ["llist"], "")) == dict(draft)


def test_ctrl_c_stops_the_questions(project: Draft) -> None:
    draft = recorded.with_areas(project, ["catalogs"])
    with pytest.raises(Interrupted):
        asked(draft, ["catalogs"], CTRL_C)
