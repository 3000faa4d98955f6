<?php

declare(strict_types=1);

// Tests handlers/salesbot.php: change both together. The API is a fake.

use Backend\BotRequest;
use Backend\Http;
use Backend\HttpReply;

$answer = static function (?string $type, HttpReply $reply): array {
    $handler = require dirname(__DIR__) . '/handlers/salesbot.php';
    $request = new BotRequest(1, 'https://' . test_host() . '/x', $type, 5, sample('salesbot')['data'] ?? []);
    $services = services(['KOMMO_TOKEN' => 'a-token', 'KOMMO_HOST' => test_host()])
        ->withHttp(new Http(new FakeTransport($reply)));

    return $handler($request, $services)->toArray()['data'];
};

return [
    'the bot gets the price of the lead' => static function () use ($answer): void {
        same(500, $answer('lead', reply(200, ['id' => 5, 'price' => 500]))['price']);
    },
    'without a lead the bot leaves by the other exit' => static function () use ($answer): void {
        $found = $answer('lead', reply(200, ['id' => 5, 'price' => 500]))['status'];
        foreach ([$answer('contact', reply(200)), $answer(null, reply(200)), $answer('lead', reply(204))] as $data) {
            same(['status'], array_keys($data));
            same(true, is_string($data['status']) && is_string($found));
        }
    },
];
