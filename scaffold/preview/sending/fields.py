"""Applies the forms of the preview's pages to a sample: the event, the text, the card."""

import copy
from collections.abc import Mapping
from typing import Any

from scaffold.kommo import limits
from scaffold.kommo.samples import Document


def apply(name: str, document: Document, fields: Mapping[str, Any]) -> Document:
    """Return the document with the values of the page's form; unknown fields are ignored."""
    change = {"digital_pipeline": _event, "sms": _sms, "salesbot": _bot, "mobile": _mobile}.get(name)
    if change is None or not fields:
        return document
    changed = copy.deepcopy(document)
    change(changed, fields)
    return changed


def _event(document: Document, fields: Mapping[str, Any]) -> None:
    """Set the event, the lead and the settings of the action."""
    form = document.setdefault("form", {})
    event = form.setdefault("event", {})
    data = event.setdefault("data", {})
    chosen = next((e for e in limits.PIPELINE_EVENTS if e.code == fields.get("event")), None)
    if chosen:
        event |= {"type": str(chosen.type), "type_code": chosen.code}
        types = limits.PIPELINE_ENTITY_TYPES.items()
        data["element_type"] = next(str(number) for number, entity in types if entity == chosen.entity)
        if chosen.entity != "lead":
            data.pop("direction_of_movement", None)
    for key, name in (("id", "lead_id"), ("status_id", "status_id"), ("pipeline_id", "pipeline_id")):
        if fields.get(name) is not None:
            data[key] = str(fields[name])
    if isinstance(fields.get("settings"), dict):
        widget = form.setdefault("action", {}).setdefault("settings", {}).setdefault("widget", {})
        widget["settings"] = {**(widget.get("settings") or {}), **fields["settings"]}


def _sms(document: Document, fields: Mapping[str, Any]) -> None:
    form = document.setdefault("form", {})
    form |= {name: str(fields[name]) for name in ("text", "phone") if name in fields}


def _bot(document: Document, fields: Mapping[str, Any]) -> None:
    if isinstance(fields.get("data"), dict):
        form = document.setdefault("form", {})
        form["data"] = {**(form.get("data") or {}), **fields["data"]}
    _entity(document.get("token", {}).get("claims", {}), fields)


def _mobile(document: Document, fields: Mapping[str, Any]) -> None:
    claims = document.get("token", {}).get("claims", {})
    if isinstance(claims.get("data"), dict):
        _entity(claims["data"], fields)


def _entity(claims: dict[str, Any], fields: Mapping[str, Any]) -> None:
    if "entity_type" in fields:
        claims["entity_type"] = str(fields["entity_type"])[:32]
    identity = str(fields.get("entity_id", ""))[:15]
    if identity.isascii() and identity.isdecimal():
        claims["entity_id"] = int(identity)
