"""Who may use the preview: browsers that opened the printed address, and programs that send its token.

The port has no owner: every user of this machine can connect to it.
"""

from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from scaffold.preview.api.routes import PREFIXES
from scaffold.preview.keys import Keys
from scaffold.preview.server.replies import refused

ADDRESS = "127.0.0.1"

TOKEN = "token"  # noqa: S105 - the parameter's name

TOKENS_PATH = "/oauth2/access_token"
"""Open to all: the code or the refresh token in the body is the credential."""

CLOSED = "open the address that `kommo-widget preview` printed\n"

_UNAUTHORIZED = "send `Authorization: Bearer TOKEN`: the token in the preview's address, or an access token"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Kommo widget preview</title>
{head}</head>
<body>
<main>
{body}</main>
</body>
</html>
"""

_NO_ACCESS = _PAGE.format(
    head="",
    body="""<h1>No access</h1>
<p>Open the address that <code>kommo-widget preview</code> printed in the terminal: it contains a token.
It changes with every start. The browser must accept cookies from 127.0.0.1.</p>
<p>If you opened it in this browser before and a link led you here: <a href="/">go to the preview</a>.</p>
""",
)

_ONWARD = _PAGE.format(
    head='<meta http-equiv="refresh" content="0;url={url}">\n',
    body='<p><a href="{url}">Go to the preview</a></p>\n',
)


def cookie_name(port: int) -> str:
    """Return the name of the cookie of the preview at `port`: browsers share cookies between ports."""
    return f"kommo-widget-preview-{port}"


def link(url: str, token: str, query: str = "") -> str:
    """Return the address that opens the page at `url`; `query` is appended."""
    return f"{url}?{TOKEN}={token}{f'&{query}' if query else ''}"


class Access:
    """Checks the token of one preview, whose page is at `port`."""

    def __init__(self, keys: Keys, port: int) -> None:
        self._keys = keys
        self._port = port
        self._cookie = cookie_name(port)

    def answer(self, path: str, query: str, headers: Headers, is_stage: bool) -> Response | None:
        """Return the answer to a request that is refused, or has the token in its address; else None."""
        if path == "/" and not is_stage:
            return self._enter(query, headers)
        if path == TOKENS_PATH or self._has_token(headers):
            return None
        if not path.startswith(PREFIXES):
            return PlainTextResponse(CLOSED, 403)
        if self._keys.may_call_api(_bearer(headers)):
            return None
        return refused(401, _UNAUTHORIZED)

    def _has_token(self, headers: Headers) -> bool:
        given = (cookie_parser(headers.get("cookie", "")).get(self._cookie, ""), _bearer(headers))
        return any(self._keys.is_token(text) for text in given)

    def _enter(self, query: str, headers: Headers) -> Response | None:
        if headers.get("host", "").startswith("localhost"):  # the widget's frame is at 127.0.0.1
            return RedirectResponse(f"http://{ADDRESS}:{self._port}/{_marked(query)}", 307)
        rest = parse_qsl(query, keep_blank_values=True)
        token = dict(rest).get(TOKEN)
        if token is None:
            return None if self._has_token(headers) else HTMLResponse(_NO_ACCESS, 403)
        if not self._keys.admits(token):
            return HTMLResponse(_NO_ACCESS, 403)
        target = "/" + _marked(urlencode([pair for pair in rest if pair[0] != TOKEN]))
        if headers.get("sec-fetch-site") == "cross-site":  # a redirect would go without the cookie
            answer: Response = HTMLResponse(_ONWARD.format(url=target.replace("&", "&amp;")))
        else:
            answer = RedirectResponse(target, 303)
        answer.set_cookie(self._cookie, self._keys.token, httponly=True, samesite="strict")
        return answer


def _marked(query: str) -> str:
    return f"?{query}" if query else ""


def _bearer(headers: Headers) -> str:
    kind, _, text = headers.get("authorization", "").partition(" ")
    return text.strip() if kind.lower() == "bearer" else ""
