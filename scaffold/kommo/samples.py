"""The requests that the platform sends to a developer's server, for projects, the preview and the tests.

Each is a JSON document that a project has as `backend/samples/NAME.json` and can edit:

- `method`, and `address`: the path of the endpoint below `backend/public`;
- `form`: the fields of the body, nested, all values text; `query`: parameters of the URL; `header`: headers;
- `token`: a signed token: its `claims` without the times, the `algorithm`, the `setting` with its key, and
  where it is sent (`in` is `form`, `query` or `header`, under `name`);
- `secret`: the value of `setting` is sent as the parameter `parameter` of the URL;
- `signature`: the hexadecimal HMAC-SHA256 of the parameters `over`, joined by `|`, with the key in `setting`;
  sent as the parameter `name` of the URL;
- `settings`: parameter -> the setting that overrides its value, if that is set.

Shapes: <https://developers.kommo.com/docs/widgets-dp>, <https://developers.kommo.com/docs/one-time-tokens>,
<https://developers.kommo.com/docs/salesbot-dp>, <https://developers.kommo.com/docs/authorization-public>,
<https://developers.kommo.com/docs/webhooks-general>,
<https://www.amocrm.ru/developers/content/integrations/system_sms>,
<https://www.amocrm.ru/developers/content/integrations/mobile-widgets>,
<https://www.amocrm.ru/developers/content/oauth/step-by-step>.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from scaffold.kommo import limits, sample_event
from scaffold.kommo.rest import TOKEN_HEADER

Document = dict[str, Any]

SERVER = "https://hooks.acme.example"
"""The server in samples if the real one is not known."""

_ACCOUNT, _LEAD = str(sample_event.ACCOUNT_ID), str(sample_event.LEAD_ID)


class Widget(NamedTuple):
    """The widget that the requests are for."""

    platform: str = limits.PLATFORMS[0]
    server: str = SERVER
    """Scheme and host of the redirect URI; the claim `aud` of tokens."""
    fields: Mapping[str, str] | None = None
    """Code -> type (of `limits.DP_FIELD_TYPES`) of the fields of the pipeline action."""
    bot_data: Mapping[str, str] | None = None
    """The data that a Salesbot block sends."""

    @property
    def host(self) -> str:
        """The account's host."""
        return f"{sample_event.SUBDOMAIN}.{limits.DOMAINS[self.platform]}"


def documents(widget: Widget) -> dict[str, Document]:
    """Return name of the endpoint -> document."""
    return {
        "digital_pipeline": _digital_pipeline(widget),
        "sms": _sms(widget),
        "mobile": _mobile(widget),
        "salesbot": _salesbot(widget),
        "card": _card(widget),
        "webhook": _webhook(),
        "oauth": _oauth(widget),
        "hook": _hook(),
    }


def _digital_pipeline(widget: Widget) -> Document:
    return {
        "method": "POST",
        "address": "/digital_pipeline.php",
        "secret": {"setting": "KOMMO_WEBHOOK_SECRET", "parameter": "k"},
        "form": sample_event.form(widget.fields or {}),
    }


def _sms(widget: Widget) -> Document:
    return {
        "method": "POST",
        "address": "/sms.php",
        "token": _token("HS256", "form", "token", _claims(widget)),
        "form": {"text": "Your order is on its way.", "phone": "+15550100"},
    }


def _mobile(widget: Widget) -> Document:
    data = {"entity_type": "leads", "entity_id": sample_event.LEAD_ID}
    return {
        "method": "GET",
        "address": "/mobile.php",
        "token": _token("HS256", "query", "token", _claims(widget) | {"data": data}),
        "query": {"from": "android"},
    }


def _salesbot(widget: Widget) -> Document:
    of_user = ("user_id", "client_uuid", "aud")
    claims = {key: value for key, value in _claims(widget).items() if key not in of_user}
    return {
        "method": "POST",
        "address": "/salesbot.php",
        "token": _token(
            "HS512", "form", "token", claims | {"entity_type": "lead", "entity_id": sample_event.LEAD_ID}
        ),
        "form": {
            "data": dict(widget.bot_data or {}),
            "return_url": f"https://{widget.host}/api/v4/salesbot/321/continue/654",
        },
    }


def _card(widget: Widget) -> Document:
    return {
        "method": "GET",
        "address": "/card.php",
        "token": _token("HS256", "header", TOKEN_HEADER, _claims(widget)),
        "query": {"action": "lead", "id": _LEAD},
    }


def _webhook() -> Document:
    lead = {
        "id": _LEAD, "name": "A new lead", "status_id": str(sample_event.STATUS_ID),
        "pipeline_id": str(sample_event.PIPELINE_ID), "responsible_user_id": str(sample_event.USER_ID),
        "date_create": str(sample_event.TIME),
    }  # fmt: skip
    return {
        "method": "POST",
        "address": "/webhook.php",
        "secret": {"setting": "KOMMO_HOOK_SECRET", "parameter": "k"},
        "form": {
            "leads": {"add": [lead]},
            "account": {"id": _ACCOUNT, "subdomain": sample_event.SUBDOMAIN},
        },
    }


def _oauth(widget: Widget) -> Document:
    return {
        "method": "GET",
        "address": "/oauth.php",
        "query": {"code": "any-code-of-yours", "referer": widget.host, "from_widget": "1"},
    }


def _hook() -> Document:
    return {
        "method": "GET",
        "address": "/hook.php",
        "settings": {"client_uuid": "KOMMO_CLIENT_ID"},
        "signature": {
            "setting": "KOMMO_CLIENT_SECRET",
            "name": "signature",
            "over": ["client_uuid", "account_id"],
        },
        "query": {"client_uuid": sample_event.CLIENT_UUID, "account_id": _ACCOUNT},
    }


def _token(algorithm: str, place: str, name: str, claims: Mapping[str, Any]) -> Document:
    setting = "KOMMO_CLIENT_SECRET"
    return {"algorithm": algorithm, "setting": setting, "in": place, "name": name, "claims": dict(claims)}


def _claims(widget: Widget) -> dict[str, Any]:
    """Return the claims of a token for the widget, without the times, which the signer adds."""
    return {
        "iss": f"https://{widget.host}",
        "aud": widget.server,
        "account_id": sample_event.ACCOUNT_ID,
        "user_id": sample_event.USER_ID,
        "subdomain": sample_event.SUBDOMAIN,
        "client_uuid": sample_event.CLIENT_UUID,
    }
