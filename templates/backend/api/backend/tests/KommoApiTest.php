<?php

declare(strict_types=1);

use Backend\ApiError;
use Backend\Http;
use Backend\HttpFailure;
use Backend\HttpReply;
use Backend\KommoApi;
use Backend\Retry;

$caught = static function (callable $do): ApiError|Retry {
    try {
        $do();
    } catch (ApiError | Retry $error) {
        return $error;
    }
    throw new LogicException('expected a refusal of the API');
};
$leads = static fn (int ...$ids): array => [
    '_embedded' => ['leads' => array_map(static fn (int $id): array => ['id' => $id], $ids)],
];
$address = 'https://' . test_host() . '/api/v4';

return [
    'a call carries the token' => static fn () => with_api(
        static function (KommoApi $api, FakeTransport $http) use ($address): void {
            same(['id' => 5], $api->get('leads/5', ['with' => 'contacts']));
            same(["GET $address/leads/5?with=contacts"], $http->asked());
            same(true, in_array('Authorization: Bearer a-long-lived-token', $http->requests[0][2], true));
        },
        reply(200, ['id' => 5]),
    ),
    'calls are spaced' => static fn () => with_api(
        static function (KommoApi $api, FakeTransport $http, FakeClock $clock): void {
            array_map(static fn (int $id): array => $api->get("leads/$id"), [1, 2, 3]);
            same([0.16, 0.16], $clock->slept);
        },
        reply(200),
    ),
    'after a 429 it waits as long as the reply says' => static fn () => with_api(
        static function (KommoApi $api, FakeTransport $http, FakeClock $clock): void {
            same(['id' => 5], $api->get('leads/5'));
            same([4.0], $clock->slept);
        },
        new HttpReply(429, ['retry-after' => '4'], ''),
        reply(200, ['id' => 5]),
    ),
    'a long pause is left to the queue' => static fn () => with_api(
        static function (KommoApi $api, FakeTransport $http) use ($caught): void {
            same(300, $caught(static fn () => $api->get('leads/5'))->afterSeconds);
            same(1, count($http->requests));
        },
        new HttpReply(429, ['retry-after' => '300'], ''),
    ),
    'a 403 is not repeated' => static fn () => with_api(
        static function (KommoApi $api, FakeTransport $http) use ($caught): void {
            same(403, $caught(static fn () => $api->get('leads/5'))->status);
            same(1, count($http->requests));
        },
        reply(403, ['title' => 'Forbidden']),
    ),
    'a lost reply is a Retry' => static fn () => with_api(
        static function (KommoApi $api) use ($caught): void {
            same(true, $caught(static fn () => $api->post('leads', [['name' => 'x']])) instanceof Retry);
        },
        new HttpFailure('cut off'),
    ),
    'a batch is halved after a 504' => static fn () => with_api(
        static function (KommoApi $api, FakeTransport $http) use ($leads): void {
            $added = $api->post('leads', [['name' => 'a'], ['name' => 'b'], ['name' => 'c']]);
            same([1, 2, 3], array_column($added['_embedded']['leads'], 'id'));
            same([3, 2, 1], array_map(static fn (array $request): int => count($request[3]), $http->requests));
        },
        reply(504),
        reply(200, $leads(1, 2)),
        reply(200, $leads(3)),
    ),
    'a list is read page by page' => static fn () => with_api(
        static function (KommoApi $api, FakeTransport $http) use ($address): void {
            same([1, 2, 3], array_column(iterator_to_array($api->pages('leads')), 'id'));
            same(["GET $address/leads?page=1&limit=250", "GET $address/leads?page=2&limit=250"], $http->asked());
        },
        reply(200, $leads(1, 2) + ['_links' => ['next' => ['href' => 'https://evil.example/']]]),
        reply(200, $leads(3)),
    ),
    'a path cannot leave the API' => static fn () => with_api(
        static function (KommoApi $api, FakeTransport $http) use ($caught): void {
            foreach (['../oauth2', 'leads?x', '//evil.example', "leads\n", ''] as $path) {
                same(400, $caught(static fn () => $api->get($path))->status);
            }
            same([], $http->requests);
        },
        reply(200),
    ),
    'an account without a token' => static function () use ($caught): void {
        $api = services()->api(30000001);
        same(false, $api->isConnected());
        same(401, $caught(static fn () => $api->get('leads/5'))->status);
    },
    'the token of one account is not used for another' => static function (): void {
        $claims = rtrim(strtr(base64_encode('{"account_id":30000001}'), '+/', '-_'), '=');
        $services = services(['KOMMO_TOKEN' => "x.$claims.x", 'KOMMO_HOST' => test_host()]);
        same([true, false], [$services->api(30000001)->isConnected(), $services->api(30000002)->isConnected()]);
    },
    'a fake API must be on this machine' => static function (): void {
        foreach (['https://evil.example', 'http://127.0.0.1:1@evil.example', 'http://127.0.0.1', 'http://evil:80'] as $url) {
            refused(503, 'not available', static fn () => services(['KOMMO_API' => $url])->http());
        }
    },
    'HTTPS only' => static function (): void {
        $http = new Http(new FakeTransport(reply(200)), 'http://127.0.0.1:8137');
        same(200, $http->get('http://127.0.0.1:8137/x')->status);
        foreach (['http://acme.example/', 'http://127.0.0.1:81370/', 'https://u@acme.example/', 'file:///x'] as $url) {
            try {
                $http->get($url);
                throw new LogicException("$url was asked");
            } catch (InvalidArgumentException) {
            }
        }
    },
];
