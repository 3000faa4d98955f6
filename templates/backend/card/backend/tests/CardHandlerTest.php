<?php

declare(strict_types=1);

// Tests handlers/card.php: change both together. Each test sends a request with a signed token to the endpoint, as the
// script does; the API is a fake.

use Backend\App;
use Backend\Http;
use Backend\HttpReply;
use Backend\Request;
use Backend\Sample;

/** Sends a request as the script does; the API gives these answers, in that order. */
$ask = static function (string $route, array $data, HttpReply ...$answers): array {
    [$method, $action] = explode(' ', $route);
    $sample = Sample::read(dirname(__DIR__), 'card');
    $body = fopen('php://memory', 'w+b');
    fwrite($body, $method === 'GET' ? '' : json_encode($data));
    rewind($body);
    $query = $method === 'GET' ? $data : [];
    $headers = ['X-Auth-Token' => $sample->token(TEST_SECRET, time()), 'Origin' => 'https://' . test_host()];
    $request = new Request($method, $query, 0, $body, $headers, "/$action");
    $services = services([
        'KOMMO_CLIENT_SECRET' => TEST_SECRET, 'KOMMO_TOKEN' => 'a-token', 'KOMMO_HOST' => test_host(),
        'KOMMO_ORIGINS' => 'https://' . test_host(),
    ])->withHttp(new Http(new FakeTransport(...$answers)));
    $reply = App::boot(dirname(__DIR__))->endpoint('card')->answer($request, $services);

    return [$reply->status, json_decode($reply->body, true), in_array('Vary: Origin', $reply->headers, true)];
};

$lead = reply(200, ['id' => 5, 'name' => 'A lead', 'price' => 7, 'responsible_user_id' => 1]);
$user = static fn (string $view): HttpReply => reply(200, ['id' => 1, 'rights' => [
    'is_active' => true, 'is_admin' => false, 'leads' => ['view' => $view],
]]);

return [
    'a user who may see the lead gets it' => static function () use ($ask, $lead, $user): void {
        $expected = ['id' => 5, 'name' => 'A lead', 'price' => 7];
        same([200, $expected, true], $ask('GET lead', ['id' => '5'], $lead, $user('A')));
    },
    'other users do not learn that the lead exists' => static function () use ($ask, $lead, $user): void {
        $hidden = ['error' => 'no such entity', 'code' => 'not_found'];
        same([404, $hidden, true], $ask('GET lead', ['id' => '5'], $lead, $user('D')));
        same([404, $hidden, true], $ask('GET lead', ['id' => '5'], reply(404)));
    },
    'only administrators may change settings' => static function () use ($ask, $user): void {
        $refused = ['error' => 'for administrators only', 'code' => 'admins_only'];
        same([403, $refused, true], $ask('POST secrets', [], $user('A')));
    },
];
