"""Every route requires the token of this preview."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from starlette.routing import Mount, Route

from scaffold.preview.keys import Keys
from scaffold.preview.server.access import CLOSED, cookie_name
from scaffold.preview.server.app import application
from tests.preview.client import Client, page_of

FILLED = {"name": "jquery", "path:path": "acme_leads/1.2.3/widget/script.js"}
API = "/api/v4/leads"


def routes(client: Client) -> Iterator[tuple[str, str]]:
    """Yield method and path of each route of the application, so that no new one is forgotten."""
    for route in application(client.preview).routes:
        if isinstance(route, Mount):
            yield "GET", f"{route.path}/main.js"
        elif isinstance(route, Route):
            path = re.sub(r"\{([^}]+)\}", lambda match: FILLED[match[1]], route.path)
            method = "POST" if "POST" in (route.methods or ()) else "GET"
            yield method, path
    yield from (("GET", API), ("POST", API), ("GET", "/nothing"), ("GET", "/_host/stage.html"))


def credentials(client: Client) -> dict[str, dict[str, str]]:
    """Return headers of requests without the token."""
    name, other = cookie_name(client.port), Keys().token
    return {
        "none": {},
        "another preview's cookie": {"Cookie": f"{name}={other}"},
        "the cookie of another port": {"Cookie": f"{cookie_name(1)}={client.preview.keys.token}"},
        "no ASCII": {"Cookie": f"{name}=\u00e9"},
        "another token": {"Authorization": f"Bearer {other}"},
        "another kind": {"Authorization": f"Basic {client.preview.keys.token}"},
        "a ticket": {"Cookie": f"{name}={client.preview.keys.ticket()}"},
        "the secret of tokens": {"Authorization": "Bearer preview"},
    }


def test_every_route_requires_the_token(client: Client, stage: Client) -> None:
    asked = list(routes(client))
    assert len(asked) > 18
    for given in credentials(client).values():
        headers = {"Authorization": "", "X_Preview": "1", **given}
        for port in (client, stage):
            statuses = {
                (method, path): port.ask(path, method, b"{}" if method == "POST" else None, **headers).status
                for method, path in asked
            }
            assert {row: status for row, status in statuses.items() if status not in (401, 403)} == {}


def test_the_cookie_gives_access_on_both_ports(client: Client, stage: Client) -> None:
    """As a cookie, which is what browsers send."""
    cookie = {"Authorization": "", "Cookie": f"{cookie_name(client.port)}={client.preview.keys.token}"}
    for path in ("/", "/_host/main.js", "/_libs/jquery.js", "/_preview/state.json", API):
        assert client.ask(path, **cookie).status == 200
    for path in ("/_host/stage.html", "/_libs/jquery.js", "/upl/acme_leads/1.2.3/widget/script.js", API):
        assert stage.ask(path, **cookie).status == 200


def test_the_printed_address_becomes_a_cookie(client: Client) -> None:
    printed = urlsplit(page_of(client.preview, f"http://127.0.0.1:{client.port}/", "run=1&x=a%26b"))
    answer = client.ask(f"{printed.path}?{printed.query}", Authorization="")
    assert (answer.status, answer.headers["location"]) == (303, "/?run=1&x=a%26b")
    cookie, *attributes = answer.headers["set-cookie"].split("; ")
    assert cookie == f"kommo-widget-preview-{client.port}={client.preview.keys.token}"
    assert {name.lower() for name in attributes} == {"httponly", "path=/", "samesite=strict"}
    assert client.ask("/?run=1", Authorization="", Cookie=cookie).status == 200


def test_a_link_from_another_site_continues_with_a_second_request(client: Client) -> None:
    """A browser does not send a strict cookie with a redirect that another site has caused."""
    head = {"Authorization": "", "Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    answer = client.ask(f"/?token={client.preview.keys.token}&run=1&q=%22%3E", **head)
    assert answer.status == 200
    assert b'content="0;url=/?run=1&amp;q=%22%3E"' in answer.body
    assert "set-cookie" in answer.headers


@pytest.mark.parametrize(
    "query", ["token=", "token=%C3%A9", "token={other}", "token={token}x", "Token={token}"]
)
def test_a_wrong_token_opens_nothing(client: Client, query: str) -> None:
    query = query.format(other=Keys().token, token=client.preview.keys.token)
    answer = client.ask(f"/?{query}", Authorization="")
    assert (answer.status, answer.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert b"Open the address that <code>kommo-widget preview</code> printed" in answer.body
    assert "set-cookie" not in answer.headers


def test_a_ticket_works_once(client: Client) -> None:
    path = f"/?token={client.preview.keys.ticket()}"
    assert [client.ask(path, Authorization="").status for _ in range(2)] == [303, 403]


def test_localhost_is_redirected(client: Client) -> None:
    """The widget's frame is at 127.0.0.1: at another name it would get no cookie."""
    answer = client.ask("/?token=x&run=1", Authorization="", Host=f"localhost:{client.port}")
    assert answer.status == 307
    assert answer.headers["location"] == f"http://127.0.0.1:{client.port}/?token=x&run=1"


def test_messages_of_refusals(client: Client) -> None:
    answer = client.ask("/_preview/state.json", Authorization="")
    assert (answer.status, answer.body.decode()) == (403, CLOSED)
    answer = client.ask(API, Authorization="Bearer any-token")
    assert (answer.status, answer.json["detail"]) == (
        401,
        "send `Authorization: Bearer TOKEN`: the token in the preview's address, or an access token",
    )


def test_an_access_token_is_valid_for_the_api_only(client: Client) -> None:
    token = {"Authorization": f"Bearer {client.preview.keys.access_token()}"}
    assert client.ask(API, **token).status == 200
    for path in ("/", "/_preview/state.json", "/_host/main.js", "/upl/acme_leads/1.2.3/widget/script.js"):
        assert client.ask(path, **token).status == 403
