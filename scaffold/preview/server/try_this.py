"""What a person does on the preview's page of an area to see the widget: one line each.

`{name}` is the widget's name. The words in quotes are those on the page that `host/areas` draws.
"""

from scaffold.kommo.area import Area, Group

_UNPUBLISHED = (
    "look at the log: nothing is drawn, as the vendor did not publish what the CRM shows or calls here."
)
_CARD = "look at the panel on the right; {name} draws its block there as the card opens."
_BARE_CARD = "click a phone number in the card, then {name}."
_LIST = "tick a row, then More → {name}; the panel on the right opens with it."
_BARE_LIST = "tick a row, then More → {name}."

STEPS: dict[str, str] = {
    "card_sdk": "open the tab {name} in the card, search for a product, link it, then “Save card”.",
    "catalogs": "save the settings once, which makes the list {name}'s own; then click an element of it.",
    "settings": "change a field and click Save; Disable and Install are in the same window.",
    "advanced_settings": "look at the page below the heading; all of it is drawn by {name}.",
    "widget_page": "choose an item of {name} in the menu on the left of the page.",
    "everywhere": "change the page by its menu and look at the log; nothing is drawn, as the area gives the "
    "script no place of its own.",
    "digital_pipeline": "change a field of the action, then Done; “Send event” calls your endpoint.",
    "salesbot_designer": "add a block, fill it in, then “Save bot”; the bot's steps are shown below.",
    "lead_sources": "click “Add {name}”.",
    "ai_agent": _UNPUBLISHED,
    "sms": "click “Send a sample SMS”; the request and your server's answer are shown below.",
    "whatsapp_modal": "click {name} in the chooser.",
    "website_chat_button": _UNPUBLISHED,
    "mobile_card": "look at the phone: it shows the page of your server, opened with a signed token.",
}


def step_of(area: Area, panel: bool | None, name: str) -> str:
    """Return the line of an area; `panel` False is the suffix `-0`."""
    if area.code in STEPS:
        step = STEPS[area.code]
    elif area.group is Group.CARDS:
        step = _BARE_CARD if panel is False else _CARD
    else:
        step = _BARE_LIST if panel is False else _LIST
    return step.replace("{name}", name)
