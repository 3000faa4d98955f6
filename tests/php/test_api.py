"""The generated client of the REST API against a fake API: limits, errors, batches, pages, bots."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.php.fake_kommo import FakeKommo, Reply, Seen
from tests.php.hostile import CONTINUE, HOSTILE_RETURN_URLS
from tests.php.running import PRELUDE, php, without_curl

MAKE = """
    $clock = new class implements Backend\\Clock {
        public array $slept = [];
        public function now(): float { return 1790000000.0 + array_sum($this->slept); }
        public function sleep(float $seconds): void {
            if ($seconds > 0) { $this->slept[] = round($seconds, 2); }
        }
    };
    $connect = static fn () => new Backend\\KommoApi(30000001, new Backend\\Api\\ApiConnection(
        Backend\\AccountHost::tryFrom('acme.kommo.com'),
        $given['address'],
        Backend\\Http::system($given['address']),
        new Backend\\Api\\LongLivedToken($given['token']),
        new Backend\\Api\\Throttle($given['folder'] . '/throttle', $clock),
        $clock,
    ));
    $api = $connect();
    $try = static function (callable $do): mixed {
        try {
            return $do();
        } catch (Backend\\ApiError $error) {
            return ['error' => $error->status, 'says' => $error->getMessage()];
        } catch (Backend\\Retry $retry) {
            return ['retry' => $retry->afterSeconds, 'says' => $retry->getMessage()];
        } catch (Backend\\Refusal $refusal) {
            return ['refused' => $refusal->status];
        }
    };
"""


@pytest.fixture
def kommo() -> Iterator[FakeKommo]:
    with FakeKommo() as running:
        yield running


@pytest.fixture
def api(connected: Path, kommo: FakeKommo, tmp_path: Path) -> Callable[..., Any]:
    """Runs statements with `$api`, `$clock` and `$try`; the token is valid unless another is given."""
    token = kommo.oauth.issue()["access_token"]

    def run(statements: str, **given: Any) -> Any:
        base = {"address": kommo.address, "token": token, "folder": str(tmp_path)}
        return php(connected / "backend", MAKE + statements, base | given)

    return run


def test_get_sends_the_query_and_returns_the_body(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    kommo.script("GET /api/v4/leads/5", Reply(body={"id": 5, "name": "Ünï 🚀"}))

    lead = api("return $api->get('leads/5', ['with' => 'contacts,companies', 'filter' => ['id' => [1, 2]]]);")

    assert lead == {"id": 5, "name": "Ünï 🚀"}
    [seen] = kommo.requests("GET /api/v4/leads/5")
    assert seen.query == {"with": ["contacts,companies"], "filter[id][0]": ["1"], "filter[id][1]": ["2"]}
    assert seen.body is None


def test_an_answer_without_content_is_an_empty_array(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    kommo.script("GET /api/v4/leads", Reply(204))

    assert api("return $api->get('leads');") == []


def test_patch_works_without_curl(kommo: FakeKommo, connected: Path, tmp_path: Path) -> None:
    token = kommo.oauth.issue()["access_token"]
    kommo.script("PATCH /api/v4/leads/5", Reply(body={"id": 5}))
    given = {"address": kommo.address, "token": token, "folder": str(tmp_path)}

    code = MAKE + "return $api->patch('leads/5', ['price' => 100, 'name' => 'Ünï/🚀']);"

    assert php(connected / "backend", code, given, without_curl()) == {"id": 5}
    assert kommo.seen[0].body == {"price": 100, "name": "Ünï/🚀"}


REFUSALS: dict[str, tuple[Reply, dict[str, Any]]] = {
    "not found": (Reply(404, {"title": "Not Found"}), {"error": 404}),
    "not valid": (Reply(400, {"validation-errors": [{"code": "NotBlank"}]}), {"error": 400}),
    "payment required": (Reply(402, {"title": "Payment Required"}), {"error": 402}),
    "a redirect": (Reply(302, headers={"Location": "http://127.0.0.1:9/"}), {"error": 302}),
    "out of order": (Reply(500), {"retry": 1}),
    "out of order, for as long as it says": (Reply(503, headers={"Retry-After": "30"}), {"retry": 30}),
    "no answer": (Reply(lost=True), {"retry": None}),
    "half an answer": (Reply(raw=b'{"id": 5', headers={"Content-Length": "8"}), {"retry": None}),
    "a page instead of JSON": (Reply(raw=b"<html></html>"), {"retry": None}),
}


@pytest.mark.parametrize(("answer", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_an_error_is_final_or_to_be_retried(
    kommo: FakeKommo, api: Callable[..., Any], answer: Reply, expected: dict[str, Any]
) -> None:
    kommo.script("GET /api/v4/leads/5", answer)

    result = api("return $try(static fn () => $api->get('leads/5'));")

    assert {name: value for name, value in result.items() if name != "says"} == expected
    assert result["says"].startswith("GET leads/5: ")
    assert len(kommo.seen) == 1


def test_the_error_names_the_validation_errors(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    problem = {"title": "Bad Request", "validation-errors": [{"errors": [{"path": "price"}]}], "status": 400}
    kommo.script("POST /api/v4/leads", Reply(400, problem))

    result = api("return $try(static fn () => $api->post('leads', [['price' => 'x']]));")

    errors = '{"title":"Bad Request","validation-errors":[{"errors":[{"path":"price"}]}]}'
    assert result["says"] == f"POST leads: 400 {errors}"


# 401


def test_a_refused_token_that_cannot_be_renewed_is_an_error(
    kommo: FakeKommo, api: Callable[..., Any]
) -> None:
    kommo.oauth.expire()

    result = api("return $try(static fn () => $api->get('leads/5'));")

    assert result == {
        "error": 401,
        "says": "the API refuses the long-lived token: has it expired, or been revoked?",
    }
    assert len(kommo.seen) == 1


def test_no_request_is_sent_without_a_token(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    code = """
        $none = new Backend\\KommoApi(30000001, null);
        $error = $try(static fn () => $none->get('leads/5'))['error'];
        return [$none->isConnected(), $error, $api->isConnected()];
    """

    assert api(code) == [False, 401, True]
    assert kommo.seen == []


# 403


def test_a_forbidden_call_is_not_repeated_and_others_go_on(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    kommo.script("GET /api/v4/leads/5", Reply(403, {"title": "Forbidden"}))
    kommo.script("GET /api/v4/leads/6", Reply(body={"id": 6}))

    code = "return [$try(static fn () => $api->get('leads/5'))['error'], $api->get('leads/6')['id']];"

    assert api(code) == [403, 6]
    assert len(kommo.seen) == 2


def test_a_blocked_server_sends_no_further_requests(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    shut_out = Reply(403, raw=b"<html>403 Forbidden</html>", headers={"Content-Type": "text/html"})
    kommo.script("GET /api/v4/leads/5", shut_out)

    code = "return $try(static fn () => $api->get('leads/5'));"
    first, second = api(code), api(code)

    assert first["error"] == 403
    assert second["retry"] == 600
    assert len(kommo.seen) == 1


# 429 and the seven a second


@pytest.mark.parametrize(
    ("after", "waited"),
    [("2", 2.0), ("0", 1.0), ("", 1.0), ("soon", 1.0), ("Mon, 21 Sep 2026 14:13:25 GMT", 5.0)],
)
def test_a_busy_api_is_asked_again_after_the_time_that_it_names(
    kommo: FakeKommo, api: Callable[..., Any], after: str, waited: float
) -> None:
    busy = Reply(429, headers={"Retry-After": after} if after else {})
    kommo.script("GET /api/v4/leads/5", busy, Reply(body={"id": 5}))

    result, slept = api("return [$api->get('leads/5'), $clock->slept];")

    assert (result, slept) == ({"id": 5}, [waited])


def test_an_api_that_stays_busy_is_left_to_the_queue(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    kommo.script("GET /api/v4/leads/5", Reply(429, headers={"Retry-After": "3"}))

    result = api("return $try(static fn () => $api->get('leads/5'));")

    assert (result["retry"], len(kommo.seen)) == (3, 3)


def test_a_long_wait_is_left_to_the_queue_and_applies_to_all_processes(
    kommo: FakeKommo, api: Callable[..., Any]
) -> None:
    kommo.script("GET /api/v4/leads/5", Reply(429, headers={"Retry-After": "120"}))

    code = "return [$try(static fn () => $api->get('leads/5'))['retry'], $clock->slept];"
    first, second = api(code), api(code)

    assert (first, second) == ([120, []], [120, []])
    assert len(kommo.seen) == 1


def test_calls_are_spaced(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    kommo.script("GET /api/v4/leads/5", Reply(body={"id": 5}))

    slept = api("for ($n = 0; $n < 8; $n++) { $connect()->get('leads/5'); } return $clock->slept;")

    assert slept == [0.16] * 7


def test_a_clock_that_was_set_back_does_not_stop_the_calls(
    kommo: FakeKommo, api: Callable[..., Any], tmp_path: Path
) -> None:
    kommo.script("GET /api/v4/leads/5", Reply(body={"id": 5}))
    (tmp_path / "throttle").write_text("1890000000.000000")

    assert api("return [$api->get('leads/5')['id'], $clock->slept];") == [5, []]


def test_processes_share_the_seven_a_second(kommo: FakeKommo, connected: Path, tmp_path: Path) -> None:
    """With a clock that stands still, each call of each process gets its own turn."""
    token = kommo.oauth.issue()["access_token"]
    kommo.script("GET /api/v4/leads/5", Reply(body={"id": 5}))
    statements = MAKE.replace("1790000000.0 + array_sum($this->slept)", "1790000000.0")
    statements += "for ($n = 0; $n < 4; $n++) { $api->get('leads/5'); } return $clock->slept;"
    given = json.dumps({"address": kommo.address, "token": token, "folder": str(tmp_path)})
    command = ["php", "-r", PRELUDE % statements, "--", str(connected / "backend"), given]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]

    turns = sorted(turn for process in processes for turn in json.loads(process.communicate()[0]))

    assert turns == [round(0.16 * number, 2) for number in range(1, 16)]  # the first waits for nothing
    assert len(kommo.seen) == 16


# 504 and batches


def too_large(limit: int) -> Callable[[Seen], Reply]:
    """Return a server that accepts `limit` items at once and numbers the items that it adds."""
    added = iter(range(1, 1000))

    def answer(request: Seen) -> Reply:
        if len(request.body) > limit:
            return Reply(504)
        return Reply(
            body={"_embedded": {"leads": [{"id": next(added), "of": item["n"]} for item in request.body]}}
        )

    return answer


@pytest.mark.parametrize(
    ("items", "limit", "sizes"),
    [
        (3, 250, [3]),
        (120, 250, [50, 50, 20]),
        (50, 13, [50, 25, 13, 12, 25, 13, 12]),
        (3, 1, [3, 2, 1, 1, 1]),
    ],
)
def test_batches_that_are_too_large_are_halved(
    kommo: FakeKommo, api: Callable[..., Any], items: int, limit: int, sizes: list[int]
) -> None:
    kommo.script("POST /api/v4/leads", too_large(limit))

    code = "return $api->post('leads', array_map(static fn ($n) => ['n' => $n], range(1, $given['items'])));"
    added = api(code, items=items)["_embedded"]["leads"]

    assert [lead["of"] for lead in added] == list(range(1, items + 1))
    assert [len(seen.body) for seen in kommo.seen] == sizes


@pytest.mark.parametrize(
    "call", ["patch('leads', [['id' => 1]])", "patch('leads', ['id' => 1])", "get('leads')"]
)
def test_a_timeout_is_retried_later_if_there_is_nothing_to_halve(
    kommo: FakeKommo, api: Callable[..., Any], call: str
) -> None:
    kommo.script("PATCH /api/v4/leads", Reply(504))
    kommo.script("GET /api/v4/leads", Reply(504))

    assert "retry" in api(f"return $try(static fn () => $api->{call});")
    assert len(kommo.seen) == 1


# pages


def lists(total: int, limit: int = 250) -> Callable[[Seen], Reply]:
    """Return a server with `total` leads that sends at most `limit` of them in one answer."""

    def answer(request: Seen) -> Reply:
        size, page = int(request.query["limit"][0]), int(request.query["page"][0])
        if size > limit:
            return Reply(504)
        ids = range(1, total + 1)[(page - 1) * size : page * size]
        if not ids:
            return Reply(204)
        links = {"self": {"href": "#"}} | (
            {"next": {"href": "http://127.0.0.1:9/"}} if ids[-1] < total else {}
        )
        return Reply(body={"_page": page, "_links": links, "_embedded": {"leads": [{"id": n} for n in ids]}})

    return answer


@pytest.mark.parametrize(
    ("total", "limit", "requests"),
    [(0, 250, 1), (1, 250, 1), (250, 250, 1), (251, 250, 2), (600, 250, 3), (30, 10, 10), (3, 1, 10)],
)
def test_pages_are_read_to_the_end(
    kommo: FakeKommo, api: Callable[..., Any], total: int, limit: int, requests: int
) -> None:
    kommo.script("GET /api/v4/leads", lists(total, limit))

    ids = api("return array_column(iterator_to_array($api->pages('leads', ['query' => 'x'])), 'id');")

    assert ids == list(range(1, total + 1))
    assert len(kommo.seen) == requests
    assert {seen.query["query"][0] for seen in kommo.seen} == {"x"}


def test_pages_are_fetched_only_when_they_are_needed(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    kommo.script("GET /api/v4/leads", lists(1000))

    api("foreach ($api->pages('leads') as $lead) { if ($lead['id'] === 251) { return $lead; } } return null;")

    assert len(kommo.seen) == 2


def test_pages_become_smaller_if_one_is_too_large(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    whole = lists(600)
    kommo.script("GET /api/v4/leads", whole, Reply(504), whole)

    ids = api("return array_column(iterator_to_array($api->pages('leads')), 'id');")

    assert ids == list(range(1, 601))
    assert [seen.query["limit"][0] for seen in kommo.seen] == ["250", "250", "125", "125", "125"]


# paths


@pytest.mark.parametrize(
    "path",
    ["../../oauth2/access_token", "leads/../users", "leads//5", "//evil.example/x", "leads?x=1", "leads/5#x",
     "leads/ 5", "leads/5\n", "@evil.example", "leads/é", "", "leads/%2e%2e", "https://evil.example/"],
)  # fmt: skip
def test_a_path_that_would_leave_the_api_is_refused(
    kommo: FakeKommo, api: Callable[..., Any], path: str
) -> None:
    assert api("return $try(static fn () => $api->get($given['path']));", path=path)["error"] == 400
    assert kommo.seen == []


# notes and bots


def test_notes_are_added_with_and_without_a_service(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    kommo.script("POST /api/v4/leads/5/notes", Reply(body={}))

    api("$api->note('leads', 5, 'Hi <b>Zoë</b>'); $api->note('leads', 5, 'Done', 'Acme'); return 1;")

    assert [seen.body for seen in kommo.seen] == [
        [{"note_type": "common", "params": {"text": "Hi <b>Zoë</b>"}}],
        [{"note_type": "extended_service_message", "params": {"text": "Done", "service": "Acme"}}],
    ]


def test_a_bot_continues_at_an_address_of_its_account(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    kommo.script(f"POST {CONTINUE}", Reply(202))
    kommo.script("POST /api/v4/marketingbot/1/continue/2", Reply(202))

    code = """
        $done = ['data' => ['status' => 'done']];
        $api->continueBot('https://acme.kommo.com/api/v4/salesbot/12/continue/345', $done);
        $api->continueBot('https://acme.kommo.com/api/v4/marketingbot/1/continue/2', $done);
        return 1;
    """
    api(code)

    assert kommo.requests(f"POST {CONTINUE}")[0].body == {"data": {"status": "done"}}
    assert len(kommo.seen) == 2


def test_hostile_return_urls_get_no_request(kommo: FakeKommo, api: Callable[..., Any]) -> None:
    code = """
        return array_map(
            static fn (mixed $url) => $try(static fn () => $api->continueBot($url, ['data' => ['a' => 1]])),
            $given['urls'],
        );
    """

    assert api(code, urls=HOSTILE_RETURN_URLS) == [{"refused": 400}] * len(HOSTILE_RETURN_URLS)
    assert kommo.seen == []
    assert len(HOSTILE_RETURN_URLS) >= 20
