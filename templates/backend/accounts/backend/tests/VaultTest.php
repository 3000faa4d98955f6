<?php

declare(strict_types=1);

use Backend\Vault;

$vault = Vault::of(str_repeat('0f', 32));
$closed = static fn (string $sealed, string $place = 'here', ?Vault $by = null) => refused(
    503,
    'not available',
    static fn () => ($by ?? $vault)->open($sealed, $place),
);

return [
    'a value is decrypted as it was' => static function () use ($vault): void {
        foreach (['a token', '', "\0\xFF binary", str_repeat('long', 5000), 'Zoë 🚀'] as $value) {
            same($value, $vault->open($vault->seal($value, 'here'), 'here'));
        }
    },
    'the same value is encrypted differently each time' => static function () use ($vault): void {
        same(false, $vault->seal('a token', 'here') === $vault->seal('a token', 'here'));
    },
    'another place or another key cannot decrypt it' => static function () use ($vault, $closed): void {
        $sealed = $vault->seal('a token', 'here');
        $closed($sealed, 'there');
        $closed($sealed, 'here', Vault::of(str_repeat('f0', 32)));
    },
    'a value that was changed or cut short cannot be decrypted' => static function () use ($vault, $closed): void {
        $bytes = base64_decode($vault->seal('a token', 'here'));
        for ($at = 0; $at < strlen($bytes); $at++) {
            $closed(base64_encode(substr_replace($bytes, chr(ord($bytes[$at]) ^ 1), $at, 1)));
            $closed(base64_encode(substr($bytes, 0, $at)));
        }
        $closed('no base64!');
    },
    'an invalid key is refused' => static function (): void {
        foreach (['', 'short', str_repeat('0f', 31), str_repeat('0g', 32), str_repeat('0f', 32) . "\n"] as $key) {
            refused(503, 'not available', static fn () => Vault::of($key));
        }
    },
];
