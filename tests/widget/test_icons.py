"""The icons of the left menu: SVG of our own that the vendor's checklist accepts."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scaffold.generate.render import render
from scaffold.generate.render.overlays import templates_root
from tests.cases import answers_for, answers_of
from tests.widget.contrast import contrast

ICONS = sorted(templates_root().rglob("*.svg"))

BACKGROUNDS = ("#FFFFFF", "#153043")
LEAST_CONTRAST = 3.0
"""Source: <https://developers.kommo.com/docs/get-started-public> (2026-06-03)."""

COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b")


def parts(colour: str) -> bytes:
    """Return red, green and blue of `#rrggbb`."""
    return bytes.fromhex(colour.removeprefix("#"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#ffffff", 4.48), ("#153043", "#153043", 1.0)],
)
def test_contrast(one: str, other: str, expected: float) -> None:
    assert round(contrast(parts(one), parts(other)), 2) == expected


def test_there_are_icons() -> None:
    assert ICONS


@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.name)
def test_every_colour_stands_out_on_both_backgrounds(icon: Path) -> None:
    text = icon.read_text()
    colours = set(COLOUR.findall(text))
    assert colours
    # no colour is written in another way, or inherited from the page
    assert not re.search(r"currentColor|rgba?\(|opacity|style=|<style", text)
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', text)) - colours <= {"none"}
    for colour in colours:
        for background in BACKGROUNDS:
            assert contrast(parts(colour), parts(background)) >= LEAST_CONTRAST, (colour, background)


@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.name)
def test_every_icon_consists_of_shapes_only(icon: Path) -> None:
    root = ElementTree.fromstring(icon.read_text())
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert tags <= {"svg", "rect", "path", "circle", "line"}


@pytest.mark.parametrize(
    ("platform", "locale", "given"),
    [
        ("kommo", "en", {"icons": {"light": "images/menu_light.svg", "dark": "images/menu_dark.svg"}}),
        ("amocrm", "ru", {"icon": "images/menu.svg"}),
    ],
)
def test_the_manifest_names_the_icons_that_are_there(
    platform: str, locale: str, given: dict[str, object]
) -> None:
    tree = render(answers_of(answers_for("widget_page", platform=platform, locales=[locale])))
    [item] = json.loads(tree["widget/manifest.json"])["left_menu"].values()
    assert {key: value for key, value in item.items() if key.startswith("icon")} == given
    named = {
        f"widget/{path}" for value in given.values() for path in re.findall(r"images/\w+\.svg", str(value))
    }
    assert {path for path in tree if path.endswith(".svg")} == named
