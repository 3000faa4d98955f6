"""What the templates of the back end need: which parts there are, and the names that they use."""

from typing import Any

from scaffold.generate.answers.record import SECRET, Answers, Handler
from scaffold.kommo import limits, rest, sample_event
from scaffold.kommo.areas import AREAS

_PUBLIC = "backend/public/"
_TOKEN_PARTS = ("sms", "mobile_card", "salesbot_designer", "card")
"""Parts whose requests carry a signed token."""

_KEYED = ("integration", "accounts", "tokens")
"""What those parts and OAuth need: the integration's secret, and the accounts that have one of their own."""

_TITLES = {
    "digital_pipeline": "the digital pipeline posts its events there",
    "sms": "text messages that the CRM wants sent",
    "mobile": "the page that the mobile app shows in a card",
    "salesbot": "a Salesbot asks there, and goes on when it has its answer",
    "card": "the script's `ask(method, action, data)`",
    "webhook": "the account's webhooks",
    "oauth": "the redirect URI: an account grants access to its API",
    "hook": "an account has uninstalled the widget",
}

_NEEDED = {
    "digital_pipeline": ("KOMMO_WEBHOOK_SECRET",),
    "webhook": ("KOMMO_HOOK_SECRET",),
    "oauth": ("KOMMO_CLIENT_ID", "KOMMO_CLIENT_SECRET", "KOMMO_REDIRECT_URI", "KOMMO_KEY"),
}
"""Settings without which an endpoint answers 503, whatever else is set."""


def parts(answers: Answers) -> tuple[str, ...]:
    """Return the folders of `templates/backend/` that the answers choose, each before what is built on it."""
    hosted = answers.digital_pipeline is not None and answers.digital_pipeline.backend == "widget_php"
    chosen = [
        part
        for area in AREAS
        if answers.has(area.code) and not (hosted and area.code == "digital_pipeline")
        for part in area.backend
    ]
    if answers.backend:
        chosen.append("card")
        chosen += ["webhook"] if answers.backend.webhooks else []
    if answers.backend and answers.backend.oauth:
        chosen.insert(0, "oauth")
    keyed = any(part in (*_TOKEN_PARTS, "oauth") for part in chosen)
    own = ("core", "api", *(_KEYED if keyed else ()), *dict.fromkeys(chosen)) if chosen else ()
    return (*own, "widget_php") if hosted else own


def names(answers: Answers, paths: list[str]) -> dict[str, Any]:
    """Return the names that the back end's templates use; `paths` are all outputs of the project."""
    endpoints = [
        path.removeprefix(_PUBLIC).removesuffix(".php")
        for path in paths
        if path.startswith(_PUBLIC) and path.endswith(".php")
    ]
    bot = _bot(answers)
    return {
        "backend_parts": parts(answers),
        "rest": rest,
        "endpoints": endpoints,
        "endpoint_titles": _TITLES,
        "needed_settings": list(
            dict.fromkeys(name for endpoint in endpoints for name in _NEEDED.get(endpoint, ()))
        ),
        "sample_event": _event(answers),
        "sample_account": sample_event.ACCOUNT_ID,
        "widget_claims": _claims(answers),
        "mobile_claims": {
            **_claims(answers),
            "data": {"entity_type": "leads", "entity_id": sample_event.LEAD_ID},
        },
        "bot_claims": bot["claims"],
        "bot_data": bot["data"],
        "bot_exits": {handler.code: _exits(handler) for handler in answers.handlers},
        "secret_fields": [field.code for field in answers.settings if field.type == SECRET],
    }


def _event(answers: Answers) -> dict[str, Any]:
    """One event of the pipeline with a value for each of the action's fields."""
    fields = answers.digital_pipeline.fields if answers.digital_pipeline else ()
    return sample_event.form({field.code: field.type for field in fields})


def _claims(answers: Answers) -> dict[str, Any]:
    """What a token for the widget says, but for the times, which are the signer's.

    Source: <https://developers.kommo.com/docs/one-time-tokens> (2025-06-08).
    """
    address = answers.backend.url if answers.backend else "https://hooks.acme.example"
    return {
        "iss": f"https://{sample_event.SUBDOMAIN}.{limits.DOMAINS[answers.platform]}",
        "aud": "/".join(address.split("/")[:3]),
        "account_id": sample_event.ACCOUNT_ID,
        "user_id": sample_event.USER_ID,
        "subdomain": sample_event.SUBDOMAIN,
        "client_uuid": "6a2b7d5e-0000-4000-8000-000000000000",
    }


def _bot(answers: Answers) -> dict[str, Any]:
    """What a Salesbot sends from the first of the widget's blocks.

    Source: <https://developers.kommo.com/docs/salesbot-dp> (2026-05-04).
    """
    claims = {
        key: value for key, value in _claims(answers).items() if key not in ("user_id", "client_uuid", "aud")
    }
    handler = answers.handlers[0] if answers.handlers else None
    return {
        "claims": {**claims, "entity_type": "lead", "entity_id": sample_event.LEAD_ID},
        "data": {"block": handler.code, **{field.code: "5" for field in handler.fields}} if handler else {},
    }


def _exits(handler: Handler) -> tuple[str, str]:
    """The exit of a block for when its answer was found, and the one for when it was not."""
    exits = [exit_.code for exit_ in handler.exits]
    # as the script's askServer takes it where the answer names no exit
    otherwise = "failed" if "failed" in exits else exits[-1]
    return next((code for code in exits if code != otherwise), otherwise), otherwise
