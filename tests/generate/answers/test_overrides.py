"""`--set KEY=VALUE` overrides an answers file."""

import pytest

from scaffold.generate.answers.blocks import Catalogs, Field
from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.validate import load
from tests.generate.answers.asking import answers_of

FILE = """\
code: acme
name: Acme
locales: [en, es]
areas: [settings, catalogs]
catalogs: {list_id: 1}
settings: {token: {type: pass, label: Token}}
"""


def test_an_option_overrides_the_file() -> None:
    answers = answers_of(FILE, "catalogs.list_id=2", "name=A=B", "public=true")

    assert answers.catalogs == Catalogs(2)
    assert answers.name == {"en": "A=B", "es": "A=B"}
    assert answers.public is True


@pytest.mark.parametrize(
    "areas", ["lcard-1,settings", "[lcard-1, settings]", " lcard-1 , settings ", '["lcard-1","settings"]']
)
def test_areas_are_separated_by_commas(areas: str) -> None:
    answers = load(overrides=[f"areas={areas}", "code=a"])

    assert [str(location) for location in answers.areas] == ["lcard-1", "settings"]


def test_a_text_is_taken_literally() -> None:
    answers = load(overrides=["code=a", "areas=lcard", 'name=Say: "hi" [a, b] #1'])

    assert answers.name == {"en": 'Say: "hi" [a, b] #1'}


def test_a_key_reaches_into_maps() -> None:
    answers = answers_of(
        FILE, "name.en=Acme", "name.es=Hola", "settings.token.required=true", "settings.user.label=User"
    )

    assert answers.name == {"en": "Acme", "es": "Hola"}
    assert answers.settings == (
        Field("token", "pass", {"en": "Token", "es": "Token"}, required=True),
        Field("user", "text", {"en": "User", "es": "User"}),
    )


def test_fields_are_given_in_yaml_flow_style() -> None:
    answers = answers_of(FILE, "settings={a: {type: users, label: A}, b: {}}")

    assert [(field.code, field.type) for field in answers.settings] == [("a", "users"), ("b", "text")]


@pytest.mark.parametrize(
    ("override", "fault"),
    [
        ("name", "--set name: needs a value: `--set KEY=VALUE`"),
        ("=a", "--set =a: needs a key: `--set KEY=VALUE`"),
        ("nme=a", "--set nme: unknown key, did you mean `name`?"),
        ("name.en.x=a", "--set name.en.x: unknown key"),
        ("support=a", "--set support: unknown key: use `support.link` or `support.email`"),
        ("public=yes", "--set public: `public` must be true or false, not the text `yes`"),
        ("catalogs.list_id=1e3",
         "--set catalogs.list_id: `catalogs.list_id` must be a whole number, not the text `1e3`"),
        ("areas=settings,lcrd", "--set areas: `areas` names an unknown area `lcrd`, did you mean `lcard`?"),
        ("settings={a", "--set settings: must be a value in YAML's flow form:"
         " not valid YAML: a bracket is not closed, or a comma is missing"),
        ("settings.a.type=txt",
         "--set settings.a.type: `settings.a.type` cannot be `txt`, did you mean `text`?"),
        ("settings.a.label.xx=A", "--set settings.a.label.xx: `settings.a.label` has an unknown locale `xx`"),
    ],
)  # fmt: skip
def test_a_faulty_option_names_its_key(override: str, fault: str) -> None:
    with pytest.raises(AnswersError) as caught:
        answers_of(FILE, override)

    assert fault in caught.value.details
