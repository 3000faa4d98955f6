"""The dialogue for tables of fields, blocks and menu items."""

import pytest

from scaffold.generate.answers.blocks import Field
from tests.generate.wizard.driving import BACK, CUSTOMISING, ENTER, TO_AREAS, TO_FIELDS, choosing, drive

ENOUGH = ENTER * 40
DONE, ADD, CHANGE = (choosing(number) for number in range(3))
GREETING = Field("greeting", "text", {"en": "Greeting"})


def _fields(*keys: str, given: tuple[str, ...] = ()) -> tuple[Field, ...]:
    run = drive(TO_FIELDS, *keys, ENOUGH, given=given)
    assert run.answers is not None
    return run.answers.settings


@pytest.mark.parametrize(
    ("keys", "fields"),
    [
        pytest.param(DONE, [GREETING], id="kept"),
        pytest.param(
            ADD + ENTER * 4 + choosing(4), [Field("field_1", "text", {"en": "Field 1"})], id="removed"
        ),
        pytest.param(
            ADD + ENTER * 4, [GREETING, Field("field_1", "text", {"en": "Field 1"})], id="added by enter"
        ),
        pytest.param(
            ADD + "limit" + ENTER + choosing(1) + "Limit" + ENTER + "y",
            [GREETING, Field("limit", "pass", {"en": "Limit"}, required=True)], id="added",
        ),
        pytest.param(
            CHANGE + choosing(2) + "Key" + ENTER + ENTER,
            [Field("greeting", "users", {"en": "Key"})], id="changed",
        ),
    ],
)  # fmt: skip
def test_fields_can_be_added_changed_and_removed(keys: str, fields: list[Field]) -> None:
    assert _fields(keys) == tuple(fields)


@pytest.mark.parametrize(
    ("keys", "prompt"),
    [
        pytest.param(ADD + BACK, "? Fields of the installation window", id="code to menu"),
        pytest.param(ADD + "limit" + ENTER + BACK, "? Code of the field", id="type to code"),
        pytest.param(ADD + "limit" + ENTER * 2 + BACK, "? limit: Type", id="label to type"),
        pytest.param(CHANGE + BACK, "? Fields of the installation window", id="changed type to menu"),
        pytest.param(BACK, "? Description", id="menu to the question before"),
    ],
)
def test_going_back_returns_to_the_previous_prompt(keys: str, prompt: str) -> None:
    assert drive(TO_FIELDS, keys).prompt.startswith(prompt)


def test_going_back_from_the_menu_keeps_the_rows() -> None:
    assert _fields(ADD, "limit", ENTER * 4, BACK, ENTER) == (
        GREETING,
        Field("limit", "text", {"en": "Limit"}),
    )


def test_going_back_from_a_new_row_adds_none() -> None:
    assert _fields(ADD, "limit", ENTER, BACK * 2) == (GREETING,)


@pytest.mark.parametrize(
    ("area", "keys", "message"),
    [
        pytest.param(
            "settings", ADD + "a b", "! has a field `a b`: a code must be Latin letters, digits and _,",
            id="no code",
        ),
        pytest.param(
            "settings", ADD + "greeting",
            "! there is already a field `greeting`: choose another code, or change that one", id="code taken",
        ),
        pytest.param(
            "settings",
            ADD + "a" + ENTER + choosing(4) + ENTER * 2 + ADD + "b" + ENTER + choosing(4) + ENTER * 2,
            "at most one field may be", id="two custom fields",
        ),
        pytest.param(
            "salesbot_designer", ADD + "logo",
            "! must not have a handler `logo`: the platform uses it for the block's picture", id="reserved",
        ),
        pytest.param("salesbot_designer", choosing(3), "! must have at least one handler", id="last one"),
    ],
)  # fmt: skip
def test_an_invalid_row_is_refused(area: str, keys: str, message: str) -> None:
    to_table = TO_AREAS + ENTER + CUSTOMISING + ENTER * (4 if area == "settings" else 5)
    run = drive(to_table, keys, ENTER, given=[f"areas={','.join(dict.fromkeys([area, 'settings']))}"])
    assert message in " ".join(run.prompt.split())


def test_a_block_has_fields_of_its_own() -> None:
    new_field = "limit" + ENTER + choosing(1) + ENTER + "y" + "5" + ENTER
    block = ADD + "score" + ENTER + "Score the lead" + ENTER + choosing(1) + new_field + ENTER
    to_blocks = TO_AREAS + ENTER + CUSTOMISING + "n" + ENTER * 4
    run = drive(to_blocks, block, ENOUGH, given=["areas=salesbot_designer,everywhere"])
    assert run.answers is not None
    bot = run.answers.salesbot_designer
    assert bot is not None
    assert [handler.code for handler in bot.handlers] == ["send_text", "score"]
    score = bot.handlers[1]
    limit = Field("limit", "numeric", {"en": "Limit"}, manual=True, default_value={"en": "5"})
    assert (score.name, score.fields) == ({"en": "Score the lead"}, (limit,))


def test_a_label_is_asked_once_and_can_be_changed_in_each_language() -> None:
    menu = "? Fields of the installation window"
    new = ADD + "limit" + ENTER * 2 + "Limit" + ENTER * 2
    change = choosing(3) + ENTER * 2 + "Límite" + ENTER * 2
    run = drive(TO_FIELDS, new, given=["locales=en,es"])
    assert run.answers is None
    run = drive(TO_FIELDS, new, change, ENOUGH, given=["locales=en,es"])
    assert f"{menu}: done: greeting, limit" in run.text
    assert run.answers is not None
    assert run.answers.settings[1].label == {"en": "Limit", "es": "Límite"}


def test_the_menu_shows_each_row() -> None:
    prompt = drive(TO_FIELDS, ADD, "limit", ENTER * 3, "y").prompt
    assert [line.strip(" »") for line in prompt.split("\n")[-6:]] == [
        "done: greeting, limit",
        "add a field",
        "change greeting: type: text; label: Greeting",
        "change limit: type: text; label: Limit; required: yes",
        "remove greeting",
        "remove limit",
    ]
