<?php

declare(strict_types=1);

use Backend\AccountHost;
use Backend\Api\ReturnUrl;

$domain = AccountHost::DOMAINS[0];
$hostile = [
    '', $domain, ".$domain", "www.$domain", "acme.$domain.", "acme..$domain", "a.b.$domain", "Acme.$domain",
    "acme.$domain.evil.example", 'acme.' . strtr($domain, '.', 'x'), "acme$domain", "acme-$domain", "acme.$domain/", "acme.$domain:443", "acme.$domain?x",
    "acme.$domain#x", "acme.$domain@evil.example", "evil.example@acme.$domain", "https://acme.$domain", "//acme.$domain",
    "acme.$domain\\@evil.example", "acme.$domain%00.evil.example", "acme.$domain\n", " acme.$domain", "acme.$domain\0",
    "xn--cme-7cd.$domain", "127.0.0.1", '[::1]', 'localhost', "-acme.$domain", str_repeat('a', 64) . ".$domain",
    null, 5, true, ["acme.$domain"],
];

return [
    'hosts of accounts' => static function () use ($domain): void {
        foreach (["acme.$domain", "a.$domain", "acme-2.$domain", "my_company.$domain", "2acme.$domain"] as $host) {
            same($host, AccountHost::tryFrom($host)?->name);
            same($host, AccountHost::ofAddress("https://$host")?->name);
        }
    },
    'hosts that only look like it are refused' => static function () use ($hostile): void {
        foreach ($hostile as $host) {
            same(null, AccountHost::tryFrom($host));
            same(null, AccountHost::ofAddress(is_string($host) ? "https://$host" : $host));
        }
    },
    'return URLs of the account' => static function () use ($domain): void {
        $path = '/api/v4/salesbot/12/continue/345';
        same($path, ReturnUrl::path("https://acme.$domain$path", "https://acme.$domain"));
        same($path, ReturnUrl::path("http://127.0.0.1:8137$path", "https://acme.$domain", 'http://127.0.0.1:8137'));
    },
    'other return URLs are refused' => static function () use ($domain): void {
        $path = '/api/v4/salesbot/12/continue/345';
        $urls = [
            "https://rival.$domain$path", "http://acme.$domain$path", "https://acme.$domain:8443$path", $path,
            "https://acme.$domain@evil.example$path", "https://acme.$domain.evil.example$path", "//acme.$domain$path",
            "https://acme.$domain$path?x", "https://acme.$domain$path\n", "https://acme.$domain/api/v4/users",
            "https://acme.$domain$path/../../users", "https://acme.$domain/api/v4/salesbot/x/continue/1", '', null,
        ];
        foreach ($urls as $url) {
            same(null, ReturnUrl::path($url, "https://acme.$domain", ''));
        }
    },
];
