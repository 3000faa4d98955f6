"""The questions of a table's row: a field, a handler, an exit, a menu item."""

from scaffold.generate.answers import defaults
from scaffold.generate.answers.blocks import SECRET, Exit, Field, Handler, MenuItem
from scaffold.generate.answers.kinds.choices import Choice, Flag
from scaffold.generate.answers.kinds.tables import Record, Table, Titled
from scaffold.generate.answers.kinds.text import TEXT
from scaffold.generate.answers.question import Question
from scaffold.kommo import limits

_LABEL = Question("label", TEXT, "Label", "what users see beside the field", defaults.name_from_code)
_REQUIRED = Question("required", Flag(), "Required?", "whether it must be filled in", False)


def _type(types: dict[str, str]) -> Question:
    return Question("type", Choice(types), "Type", "what the field accepts", "text")


SETTING_TYPES: dict[str, str] = limits.SETTINGS_FIELD_TYPES | {
    SECRET: "a password that your back end keeps and the CRM never stores; needs backend.url"
}
"""Types of an installation field: the platform's, and one of ours."""

SETTING = Record((_type(SETTING_TYPES), _LABEL, _REQUIRED), Field)
PIPELINE_FIELD = Record((_type(limits.DP_FIELD_TYPES), _LABEL, _REQUIRED), Field)
_BOT_FIELD = Record(
    (
        _type(limits.SALESBOT_FIELD_TYPES),
        _LABEL,
        Question(
            "manual",
            Flag(),
            "Typed by hand?",
            "true: the user types the value; false: the user picks a field of the entity",
            False,
        ),
        Question("default_value", TEXT, "Default value", "the field's initial value"),
    ),
    Field,
)
_EXIT = Titled(
    Question("title", TEXT, "Title", "the exit's name in the builder", defaults.name_from_code), Exit
)
HANDLER = Record(
    (
        Question("name", TEXT, "Name", "the block's name in the builder", defaults.name_from_code),
        Question("fields", Table(_BOT_FIELD, "field", {}), "Fields", "what the block asks for", {}),
        Question(
            "exits",
            Table(_EXIT, "exit", {}, minimum=1),
            "Exits",
            "how the bot can go on after the block",
            defaults.exits,
        ),
    ),
    Handler,
)
ITEM = Record(
    (Question("title", TEXT, "Title", "the sub-item's name in the menu", defaults.name_from_code),), MenuItem
)
ONE_CUSTOM = ("type", "custom")
