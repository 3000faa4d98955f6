"""The requests that the platform sends to a developer's server, made for the fake account."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scaffold.check.model.manifest import Manifest
from scaffold.kommo import limits, sample_event
from scaffold.preview.api import brackets, seed
from scaffold.preview.server import signed_token as token

KINDS = ("digital_pipeline", "sms", "salesbot")

_WHERE: dict[str, tuple[str, str]] = {"digital_pipeline": ("dp", "webhook_url"), "sms": ("sms", "endpoint")}
"""Kind -> where the manifest has the URL; a bot has it in its own steps."""

_ADDRESSES = (*_WHERE.values(), ("mobile", "frame_url"))
_BASE = re.compile(r"(https?://[^/:?#]+)")


@dataclass(frozen=True, slots=True)
class Sample:
    """A form to POST."""

    url: str
    """Empty where neither the manifest nor the page names one."""
    form: tuple[tuple[str, str], ...]


def sample(manifest: Manifest, kind: str, fields: Mapping[str, Any], url: str, now: int) -> Sample:
    """Return the request of `kind` (one of KINDS) with what the page's form holds.

    `url` replaces the manifest's; it keeps the manifest's `k`, so that a server under test recognises it.
    """
    own = str(manifest.value(*_WHERE[kind]) or "") if kind in _WHERE else ""
    form = {"digital_pipeline": _event, "sms": _sms, "salesbot": _salesbot}[kind](manifest, fields, now)
    return Sample(_with_key(url, own) if url else own, tuple(form))


def _with_key(url: str, own: str) -> str:
    parts = urlsplit(url)
    key = dict(parse_qsl(urlsplit(own).query)).get("k")
    if key is None or "k" in dict(parse_qsl(parts.query, keep_blank_values=True)):
        return url
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode({"k": key}))))))


def _event(manifest: Manifest, fields: Mapping[str, Any], now: int) -> list[tuple[str, str]]:
    """Return the digital pipeline's event: the sample's, with the chosen event, lead and settings."""
    given = fields.get("settings")
    types = {
        key: str(node.plain().get("type", "")) if isinstance(node.value, dict) else ""
        for key, node in manifest.members("dp", "settings")
    }
    form = dict(sample_event.form_fields(types))
    event = next((e for e in limits.PIPELINE_EVENTS if e.code == fields.get("event")), None)
    if event:
        form |= {"event[type]": str(event.type), "event[type_code]": event.code}
        form["event[data][element_type]"] = next(
            str(number) for number, name in limits.PIPELINE_ENTITY_TYPES.items() if name == event.entity
        )
        if event.entity != "lead":
            del form["event[data][direction_of_movement]"]
    chosen = {"id": 1001, "status_id": 701, "pipeline_id": seed.PIPELINE}
    names = {"id": "lead_id"}
    form |= {
        f"event[data][{key}]": str(fields.get(names.get(key, key), default))
        for key, default in chosen.items()
    }
    form |= {"event[time]": str(now), "subdomain": seed.SUBDOMAIN, "account_id": str(seed.ACCOUNT_ID)}
    return list((form | dict(brackets.flatten("action[settings][widget][settings]", given or {}))).items())


def audience(manifest: Manifest) -> str:
    """Return what `aud` of a token says: the base of the widget's own server, as the manifest names it.

    On the platform it is the base of the redirect URI, which a generated back end serves itself.
    """
    addresses = (str(manifest.value(*path) or "") for path in _ADDRESSES)
    return next((base[1] for address in addresses if (base := _BASE.match(address))), token.AUDIENCE)


def _sms(manifest: Manifest, fields: Mapping[str, Any], now: int) -> list[tuple[str, str]]:
    text, phone = str(fields.get("text", "A message")), str(fields.get("phone", "+15550101"))
    claims = token.one_time(now, audience=audience(manifest))
    return [("text", text), ("phone", phone), ("token", token.sign(claims))]


def _salesbot(_manifest: Manifest, fields: Mapping[str, Any], now: int) -> list[tuple[str, str]]:
    entity_type, entity_id = str(fields.get("entity_type", "lead")), str(fields.get("entity_id", 1001))
    claims = token.salesbot(now, entity_type, int(entity_id) if entity_id.isdecimal() else 1001)
    data = fields.get("data")
    base = fields.get("return_base") or token.ISSUER
    step = fields.get("continue", 1)
    return [
        ("token", token.sign(claims, algorithm="HS512")),
        *brackets.flatten("data", data if isinstance(data, dict) else {}),
        ("return_url", f"{base}/api/v4/salesbot/1/continue/{step}"),
    ]


def mobile_url(manifest: Manifest, entity_type: str, entity_id: int, now: int) -> dict[str, Any]:
    """Return the URL that the mobile app opens, and the claims of the token in it."""
    data = {"entity_type": entity_type, "entity_id": entity_id}
    claims = token.one_time(now, data, audience=audience(manifest))
    frame = str(manifest.value("mobile", "frame_url") or "")
    if not frame:
        return {"url": "", "claims": claims}
    query = urlencode({"token": token.sign(claims), "from": "ios"})
    return {"url": f"{frame}{'&' if '?' in frame else '?'}{query}", "claims": claims}
