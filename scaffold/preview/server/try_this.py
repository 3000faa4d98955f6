"""What to do on an area's page in the preview to see the widget: a line for each area that the page draws.

`{name}` is the widget's name. The words in quotes are those on the page that `host/areas` draws.
"""

from scaffold.kommo.area import Area, Group

_UNPUBLISHED = (
    "look at the log: nothing is drawn, because the vendor has not published what the CRM does here."
)
_CARD = "look at the panel on the right, where {name} draws its block when the card opens."
_BARE_CARD = "click a phone number in the card, then {name}."
_LIST = "tick a row, then choose More → {name}; the panel on the right opens with it."
_BARE_LIST = "tick a row, then choose More → {name}."

STEPS: dict[str, str] = {
    "card_sdk": "open the tab {name} in the card, search for a product and link it, then click “Save card”.",
    "catalogs": "save the settings, which hands the list over to {name}; then click one of its elements.",
    "settings": "change a field and click “Save”; “Disable” and “Install” are in the same window.",
    "advanced_settings": "look at the page below the heading, which {name} draws.",
    "widget_page": "choose an item of {name} in the menu on the left of the page.",
    "everywhere": "open other pages by the menu and look at the log; nothing is drawn, because the area has "
    "no place of its own on the page.",
    "digital_pipeline": "change a field of the action and click “Done”; “Send event” calls your endpoint.",
    "salesbot_designer": "add a block, fill it in and click “Save bot”; the bot's steps are shown below.",
    "lead_sources": "click “Add {name}”.",
    "sms": "click “Send a sample SMS”; the request and your server's answer are shown below.",
    "whatsapp_modal": "click {name} in the chooser.",
    "mobile_card": "look at the phone: it shows the page of your server, opened with a signed token.",
}


def step_of(area: Area, panel: bool | None, name: str) -> str:
    """Return the line of an area; `panel` is False for the suffix `-0`."""
    if area.code in STEPS:
        step = STEPS[area.code]
    elif not area.suffix:
        step = _UNPUBLISHED
    elif area.group is Group.CARDS:
        step = _BARE_CARD if panel is False else _CARD
    else:
        step = _BARE_LIST if panel is False else _LIST
    return step.replace("{name}", name)
