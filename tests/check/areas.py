"""What an area adds to the clean widget: the notation's `* with AREA`."""

from dataclasses import dataclass, field
from typing import Any

from scaffold.kommo.limits import TOUR_HEIGHT, TOUR_WIDTH
from tests.check.clean import png

Json = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A part of a widget that is complete in itself."""

    manifest: Json
    locations: tuple[str, ...] = ()
    texts: Json = field(default_factory=dict)
    script: str = ""
    """Lines at the end of the constructor."""
    files: dict[str, bytes] = field(default_factory=dict)


def _callbacks(*names: str) -> str:
    return "".join(f"    this.callbacks.{name} = function () {{ return true; }};\n" for name in names)


_SLIDE = png(TOUR_WIDTH, TOUR_HEIGHT)

PARTS: dict[str, Part] = {
    "digital_pipeline": Part(
        {
            "dp": {
                "settings": {"message": {"name": "dp.message", "type": "text", "required": True}},
                "action_multiple": False,
                "webhook_url": "https://hooks.acme-help.test/digital_pipeline.php",
            }
        },
        ("digital_pipeline",),
        {"dp": {"message": "Message"}},
        _callbacks("dpSettings"),
        {"images/logo_dp.png": png(174, 109)},
    ),
    "advanced_settings": Part(
        {"advanced": {"title": "advanced.title"}},
        ("advanced_settings",),
        {"advanced": {"title": "Scoring rules"}},
        _callbacks("advancedSettings"),
    ),
    "salesbot_designer": Part(
        {
            "salesbot_designer": {
                "score": {
                    "name": "salesbot.score",
                    "settings": {"limit": {"name": "salesbot.limit", "type": "numeric", "manual": True}},
                }
            }
        },
        ("salesbot_designer",),
        {"salesbot": {"score": "Score", "limit": "Limit"}},
        _callbacks("salesbotDesignerSettings", "onSalesbotDesignerSave"),
    ),
    "catalogs": Part(
        {}, ("catalogs",), script="    this.setSdkCatalogId(7);\n" + _callbacks("loadCatalogElement")
    ),
    "sms": Part({"sms": {"endpoint": "https://hooks.acme-help.test/sms.php"}}, ("sms",)),
    "mobile_card": Part(
        {"mobile": {"frame_url": "https://hooks.acme-help.test/mobile.php", "color": "#204ecf"}},
        ("mobile_card",),
    ),
    "widget_page": Part(
        {
            "left_menu": {
                "acme": {
                    "title": "menu.title",
                    "icons": {"light": "images/menu_light.svg", "dark": "images/menu_dark.svg"},
                    "sort": {"after": "leads"},
                    "submenu": {"rules": {"title": "menu.rules", "sort": 1}},
                }
            }
        },
        ("widget_page",),
        {"menu": {"title": "Scores", "rules": "Rules"}},
        _callbacks("initMenuPage"),
        {
            f"images/menu_{scheme}.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>\n"
            for scheme in ("light", "dark")
        },
    ),
    "card_sdk": Part(
        {},
        ("card_sdk",),
        {},
        _callbacks("loadPreloadedData", "loadElements", "linkCard", "searchDataInCard"),
    ),
    "amoforms": Part(
        {"amoforms_settings": {"title": "widget.name", "required": False}},
        ("amoforms",),
        files={"amoforms.js": b"define([], function () {});\n"},
    ),
    "tour": Part(
        {
            "tour": {
                "is_tour": True,
                "tour_images": {"en": ["/images/tour_en.png"], "es": ["/images/tour_es.png"]},
                "tour_description": "tour.description",
            }
        },
        (),
        {"tour": {"description": "How it works"}},
        "",
        {"images/tour_en.png": _SLIDE, "images/tour_es.png": _SLIDE},
    ),
}
