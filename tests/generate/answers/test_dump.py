"""The record of answers: any text is written exactly, and reading it gives the same answers."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.documents import yamldoc
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.dump import dump, plain
from scaffold.generate.answers.reading import read_source
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.validate import complete, load
from scaffold.kommo.areas import AREAS


def again(answers: Answers) -> Answers:
    return load(read_source("-", io.BytesIO(dump(answers).encode())))


def texts() -> st.SearchStrategy[str]:
    kept = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(
        "\n\t\x85\u2028\ufeff'\"\\:#{}[]-"
    )
    return st.text(kept, min_size=1, max_size=30).filter(str.strip)


FLAG = st.booleans()
CODE = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
URL = "https://acme.example/a?k=1&b=%20#c"


def handlers(text: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return valid Salesbot handlers by code."""
    field = st.fixed_dictionaries({}, optional={"label": text, "manual": FLAG, "default_value": text})
    title = text | st.fixed_dictionaries({"title": text})
    handler = st.fixed_dictionaries({}, optional={
        "name": text,
        "fields": st.dictionaries(CODE, field, max_size=2),
        "exits": st.dictionaries(CODE, title, min_size=1, max_size=2),
    })  # fmt: skip
    return st.dictionaries(CODE.filter(lambda word: word != "logo"), handler, min_size=1, max_size=2)


def optional_answers(text: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    """Return the answers that a draft may lack."""
    field = st.fixed_dictionaries({}, optional={"label": text, "required": FLAG})
    return {
        "name": text, "description": text, "advanced_settings.title": text, "ai_agent.description": text,
        "settings": st.dictionaries(CODE, field, min_size=1, max_size=3),
        "init_once": FLAG, "support.link": st.just(URL),
        "salesbot_designer.handlers": handlers(text),
        "widget_page.items": st.dictionaries(CODE, st.fixed_dictionaries({"title": text}), max_size=2),
        "tour.slides": st.integers(1, 5), "api": FLAG,
    }  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw valid drafts: every area, texts of all kinds, with and without maps by locale."""
    locales = draw(st.lists(st.sampled_from(["en", "es", "pt", "tr", "id"]), min_size=1, unique=True))
    text = texts() | st.fixed_dictionaries(dict.fromkeys(locales, texts()))
    areas = [area.code for area in AREAS if area.code != "digital_pipeline" or draw(FLAG)]
    answers = {
        "code": "acme", "locales": locales, "areas": areas, "public": True, "sms.endpoint": URL,
        "mobile_card.frame_url": URL, "catalogs.list_id": draw(st.integers(1, 2**53 - 1)),
    }  # fmt: skip
    if "digital_pipeline" in areas:
        answers["digital_pipeline.webhook_url"] = URL
    optional = optional_answers(text)
    if draw(FLAG):
        answers["backend.url"] = "https://acme.example/hooks/"
        optional["backend.oauth"] = FLAG
        optional["backend.webhooks"] = st.lists(st.sampled_from(["add_lead", "note_contact"]), unique=True)
    draft = Draft()
    for key, value in (answers | draw(st.fixed_dictionaries({}, optional=optional))).items():
        draft = draft.answer(key, value)
    return draft


@settings(max_examples=50)
@given(drafts())
def test_reading_the_record_gives_the_same_answers(draft: Draft) -> None:
    answers = complete(draft)

    assert again(answers) == answers
    assert dump(again(answers)) == dump(answers)


@given(texts())
def test_any_text_comes_back_exactly(text: str) -> None:
    answers = load(overrides=["code=a", "areas=lcard", f"name={text}"])

    assert again(answers).name == {"en": text}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Acme leads", "Acme leads"),
        ("Année d'or", "Année d'or"),
        ("1.0.0", "1.0.0"),
        ("null", '"null"'),
        *[(word, f'"{word}"') for word in ("No", "yes", "on", "off", "Off", "ON", "y", "N", "true", "False")],
        ("1.0", '"1.0"'),
        ("a: b", '"a: b"'),
        (" a", '" a"'),
        ("a\nb", '"a\\nb"'),
        ("a\x85\u2028", '"a\\u0085\\u2028"'),
        ("\U0001f600", '"\U0001f600"'),
    ],
)
def test_a_text_is_quoted_only_if_it_must_be(text: str, written: str) -> None:
    answers = load(overrides=["code=a", "areas=lcard", f"name={text}"])

    assert f"\nname: {written}\n" in dump(answers)


def test_the_record_is_readable() -> None:
    answers = load(
        overrides=["code=acme", "areas=lcard,settings", "locales=en,es", "name=Acme",
                   "short_description=Short", "description.en=Long", "description.es=Largo",
                   "settings={key: {type: pass, label: Key}}"],
    )  # fmt: skip

    assert (
        dump(answers)
        == """\
# The answers this widget was generated from; keep them under version control.
# The same widget again: kommo-widget new DEST --answers .kommo-widget/answers.yml
code: acme
platform: kommo
locales: [en, es]
name: Acme
short_description: Short
description:
  en: Long
  es: Largo
version: 1.0.0
areas: [lcard-1, settings]
init_once: false
public: false
settings:
  key:
    type: pass
    label: Key
    required: false
api: false
"""
    )


def test_a_logo_is_recorded_under_the_name_of_its_copy(tmp_path: Path) -> None:
    (tmp_path / "acme.png").write_bytes(b"picture")
    source = tmp_path / "answers.yml"
    source.write_text("code: acme\nareas: [lcard]\nlogo: acme.png\n")
    answers = load(read_source(str(source), io.BytesIO()))

    (tmp_path / "acme.png").rename(tmp_path / "logo.png")
    source.write_text(dump(answers))

    assert "\nlogo: logo.png\n" in source.read_text()
    assert load(read_source(str(source), io.BytesIO())) == answers


def test_the_record_has_the_values_of_plain() -> None:
    answers = load(defaults=True, folder_name="acme")
    node = yamldoc.parse(dump(answers))

    assert node is not None
    assert node.plain() == plain(answers)


def test_the_webhook_of_a_platform_hosted_widget_is_not_recorded() -> None:
    answers = load(overrides=["code=a", "areas=digital_pipeline", "digital_pipeline.backend=widget_php"])

    assert "webhook_url" not in dump(answers)
    assert again(answers) == answers
