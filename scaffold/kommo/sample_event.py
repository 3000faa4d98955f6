"""One event of the digital pipeline as the platform sends it, and the account of all samples.

The preview has the same account, so that a handler finds the records of the samples in the fake API.

Shape: <https://developers.kommo.com/docs/widgets-dp>, sent as a form with keys in brackets.
"""

from collections.abc import Mapping
from typing import Any

from scaffold.kommo import limits

ACCOUNT_ID = 30_000_001
SUBDOMAIN = "example"
CLIENT_UUID = "00000000-0000-4000-8000-000000000001"
"""The integration's id."""

USER_ID = 501
LEAD_ID = 1_001
PIPELINE_ID = 601
STATUS_ID = 701
TIME = 1_491_300_016
"""Unix time in seconds."""

_EVENT = next(event for event in limits.PIPELINE_EVENTS if event.code == "lead_status_changed")
_LEAD = next(number for number, name in limits.PIPELINE_ENTITY_TYPES.items() if name == "lead")
_VALUES = {"text": "Hi {{lead.name}}", "number": "5", "custom": '{"users":[1,2]}'}
"""Type of a field -> what a user may have entered."""


def form_fields(field_types: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return name and value of the event's form fields, in order.

    `field_types` maps the codes of the action's fields (`dp.settings`) to their types
    (`limits.DP_FIELD_TYPES`); an unknown type counts as text.
    """
    event = [
        ("event[type]", str(_EVENT.type)),
        ("event[type_code]", _EVENT.code),
        ("event[data][id]", str(LEAD_ID)),
        ("event[data][element_type]", str(_LEAD)),
        ("event[data][status_id]", str(STATUS_ID)),
        ("event[data][pipeline_id]", str(PIPELINE_ID)),
        ("event[data][direction_of_movement]", limits.PIPELINE_DIRECTIONS[0]),
        ("event[time]", str(TIME)),
    ]
    settings = [
        (f"action[settings][widget][settings][{code}]", _VALUES.get(type_, _VALUES["text"]))
        for code, type_ in field_types.items()
    ]
    return [*event, *settings, ("subdomain", SUBDOMAIN), ("account_id", str(ACCOUNT_ID))]


def form(field_types: Mapping[str, str]) -> dict[str, Any]:
    """Return the event's fields nested, as PHP parses the form: `form["event"]["data"]["id"]`."""
    nested: dict[str, Any] = {}
    for name, value in form_fields(field_types):
        *parents, last = name.replace("]", "").split("[")
        place = nested
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = value
    return nested
