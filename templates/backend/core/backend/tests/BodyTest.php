<?php

declare(strict_types=1);

use Backend\Body;

$overLimits = 'too many form fields, or nested too deep';

return [
    'a form with bracket keys' => static function (): void {
        same(['event' => ['data' => ['id' => '1']]], Body::parse('event[data][id]=1'));
        same(['event' => ['data' => ['id' => '1']]], Body::parse('event%5Bdata%5D%5Bid%5D=1'));
    },
    'JSON after leading whitespace' => static function (): void {
        same(['event' => ['data' => ['id' => 1]]], Body::parse("\n {\"event\": {\"data\": {\"id\": 1}}}"));
    },
    'a number beyond PHP\'s range keeps its digits' => static function (): void {
        same(['id' => '99999999999999999999'], Body::parse('{"id": 99999999999999999999}'));
    },
    'the last of repeated keys counts, in forms and in JSON' => static function (): void {
        same(['id' => '2'], Body::parse('id=1&id=2'));
        same(['id' => 2], Body::parse('{"id": 1, "id": 2}'));
    },
    'a byte order mark is refused' => static function (): void {
        $reason = 'the body begins with a byte order mark: send UTF-8 without it';
        foreach (["\xEF\xBB\xBF{}", "\xEF\xBB\xBFa=1", "\xFF\xFE{\0}\0", "\xFE\xFF\0{\0}"] as $body) {
            refused(400, $reason, static fn () => Body::parse($body));
        }
    },
    'multipart and compressed bodies are refused' => static function (): void {
        $multipart = ['content-type' => ' Multipart/form-data; boundary=x'];
        $gzip = ['Content-Encoding' => 'gzip'];
        $read = static fn (array $headers) => request('a=1', [], 'POST', null, $headers)->fields('a=1');
        $reason = 'multipart is not supported: send application/x-www-form-urlencoded or JSON';
        refused(415, $reason, static fn () => $read($multipart));
        $reason = 'compressed bodies are not supported: send it without Content-Encoding';
        refused(415, $reason, static fn () => $read($gzip));
        same(['a' => '1'], $read(['Content-Encoding' => 'identity'])->all());
    },
    'an empty body' => static fn () => refused(400, 'empty body', static fn () => Body::parse(" \n")),
    'broken JSON' => static fn () => refused(400, 'not valid JSON', static fn () => Body::parse('{"event": ')),
    'too deep nesting, in forms and in JSON' => static function () use ($overLimits): void {
        $json = str_repeat('{"a":', 40) . '1' . str_repeat('}', 40);
        refused(400, 'not valid JSON', static fn () => Body::parse($json));
        $form = 'id=1&a' . str_repeat('[b]', 1000) . '=2';
        refused(400, $overLimits, static fn () => Body::parse($form));
    },
    'invalid UTF-8, in forms and in JSON' => static function (): void {
        refused(400, 'not valid UTF-8', static fn () => Body::parse('a=%FF'));
        refused(400, 'not valid JSON', static fn () => Body::parse("{\"a\": \"\xFF\"}"));
    },
    'more form fields than PHP would keep' => static function () use ($overLimits): void {
        $numbers = range(0, (int) ini_get('max_input_vars'));
        $many = implode('&', array_map(static fn (int $n): string => "f$n=1", $numbers));
        refused(400, $overLimits, static fn () => Body::parse($many));
    },
];
