"""Texts by locale: the text offered for another locale, and the texts left when locales are removed."""

from typing import Any

import pytest

from scaffold.generate.answers.registry import BY_KEY
from scaffold.generate.wizard.localized import fitted, text_in, with_text

OURS = {"en": "Message", "es": "Mensaje"}


@pytest.mark.parametrize(
    ("value", "default", "offered"),
    [
        pytest.param("Leads", None, "Leads", id="one text for all"),
        pytest.param({"en": "Leads", "es": "Prospectos"}, None, "Prospectos", id="its own"),
        pytest.param({"en": "Leads"}, OURS, "Leads", id="the user's first text"),
        pytest.param({"en": "Message"}, OURS, "Mensaje", id="ours, where the first was left as it was"),
        pytest.param(None, OURS, None, id="nothing given"),
    ],
)
def test_a_text_is_offered_for_spanish(value: Any, default: Any, offered: str | None) -> None:
    assert text_in("es", value, default) == offered


@pytest.mark.parametrize(
    ("value", "held"),
    [
        pytest.param(None, {"en": "Hey", "es": "Hola"}, id="beside the default of a locale asked before"),
        pytest.param("Hi", {"en": "Hi", "es": "Hola", "pt": "Hi"}, id="beside the text for all"),
        pytest.param({"en": "Hi", "pt": "Oi"}, {"en": "Hi", "pt": "Oi", "es": "Hola"}, id="beside others"),
    ],
)
def test_a_text_is_added_beside_the_others(value: Any, held: dict[str, str]) -> None:
    assert with_text("es", "Hola", value, {"en": "Hey", "es": "Ey", "pt": "Ei"}, ("en", "es", "pt")) == held


@pytest.mark.parametrize(
    ("key", "value", "locales", "fitting"),
    [
        pytest.param("name", "Leads", ("en", "es"), "Leads", id="one text"),
        pytest.param("name", {"en": "A", "es": "B"}, ("es",), "B", id="one locale left"),
        pytest.param("name", {"en": "A"}, ("en", "es"), {"en": "A", "es": "A"}, id="locale added"),
        pytest.param(
            "settings", {"key": {"type": "text", "label": {"en": "A", "es": "B"}}}, ("en",),
            {"key": {"type": "text", "label": "A"}}, id="inside a row",
        ),
        pytest.param(
            "salesbot_designer.handlers",
            {"send": {"name": {"en": "A", "es": "B"}, "fields": {"text": {"label": {"en": "C", "es": "D"}}}}},
            ("es",), {"send": {"name": "B", "fields": {"text": {"label": "D"}}}}, id="inside a row of a row",
        ),
    ],
)  # fmt: skip
def test_texts_are_fitted_to_the_locales(
    key: str, value: Any, locales: tuple[str, ...], fitting: Any
) -> None:
    assert fitted(BY_KEY[key].kind, value, locales) == fitting
