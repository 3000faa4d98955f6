<?php

declare(strict_types=1);

use Backend\AccountHost;
use Backend\Services;

if (!extension_loaded('pdo_sqlite')) {
    return []; // the table is in the database
}

$services = static fn (array $settings = []): Services => services(
    $settings + ['KOMMO_KEY' => bin2hex(random_bytes(32)), 'KOMMO_CLIENT_SECRET' => 'shared-secret'],
);
$host = static fn (string $subdomain): AccountHost => AccountHost::ofSubdomain($subdomain)
    ?? throw new LogicException('no host');

return [
    'an account is stored, and another key cannot decrypt it' => static function () use ($services, $host): void {
        $ours = $services();
        $ours->accounts()->add(1, $host('acme'), 'an-id', 'own-secret');
        $account = $ours->accounts()->find(1);
        $kept = [$account->host->name, $account->clientId, $account->secret];
        same(['acme.' . AccountHost::DOMAINS[0], 'an-id', 'own-secret'], $kept);
        same(false, str_contains(implode(' ', $ours->db()->query('SELECT * FROM accounts')->fetch()), 'own-secret'));
        $others = $services(['KOMMO_STORAGE' => $ours->config->storage()]);
        refused(503, 'not available', static fn () => $others->accounts()->find(1));
    },
    'a value is bound to its account and its name' => static function () use ($services, $host): void {
        $ours = $services();
        $accounts = $ours->accounts();
        foreach ([1, 2] as $id) {
            $accounts->add($id, $host("acme$id"), '', '');
        }
        $accounts->remember(1, 'key', 'value');
        same(['value', null, null], [$accounts->recall(1, 'key'), $accounts->recall(2, 'key'), $accounts->recall(1, 'no')]);
        $ours->db()->exec("INSERT INTO account_values SELECT 2, name, value FROM account_values");
        refused(503, 'not available', static fn () => $accounts->recall(2, 'key'));
        refused(503, 'not available', static fn () => $accounts->remember(3, 'key', 'value'));
    },
    'the secret of an account' => static function () use ($services, $host): void {
        $ours = $services(['KOMMO_ACCOUNTS' => '2']);
        $ours->accounts()->add(1, $host('acme'), 'an-id', 'own-secret');
        $ours->accounts()->add(2, $host('beta'), '', '');
        same('own-secret', $ours->secretOf(1, $host('acme')));
        same(null, $ours->secretOf(1, $host('beta')));
        same('shared-secret', $ours->secretOf(2, $host('beta')));
        same(null, $ours->secretOf(3, $host('gamma')));
        same('shared-secret', $services(['KOMMO_KEY' => ''])->secretOf(3, $host('gamma')));
        same(null, $services(['KOMMO_CLIENT_SECRET' => ''])->secretOf(3, $host('gamma')));
        $unset = $services(['KOMMO_KEY' => '', 'KOMMO_CLIENT_SECRET' => '']);
        refused(503, 'not available', static fn () => $unset->secretOf(3, $host('gamma')));
    },
    'an installation changes the host and keeps the secret' => static function () use ($services, $host): void {
        $accounts = $services()->accounts();
        $accounts->add(1, $host('acme'), 'an-id', 'own-secret');
        $accounts->installed(1, $host('beta'));
        $accounts->installed(2, $host('gamma'));
        same(['own-secret', ''], [$accounts->find(1)->secret, $accounts->find(2)->secret]);
        same([false, true, true], array_map(
            static fn (string $name): bool => $accounts->hasHost($host($name)),
            ['acme', 'beta', 'gamma'],
        ));
    },
    'an account is forgotten with all its values' => static function () use ($services, $host): void {
        $accounts = $services()->accounts();
        $accounts->add(1, $host('acme'), '', '');
        $accounts->remember(1, 'key', 'value');
        same([true, false], [$accounts->forget(1), $accounts->forget(1)]);
        $accounts->add(1, $host('acme'), '', '');
        same(null, $accounts->recall(1, 'key'));
    },
];
