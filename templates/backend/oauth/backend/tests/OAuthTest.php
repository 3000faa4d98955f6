<?php

declare(strict_types=1);

use Backend\AccountHost;
use Backend\ApiError;
use Backend\Endpoints\Hook;
use Backend\Endpoints\Oauth;
use Backend\Http;
use Backend\HttpFailure;
use Backend\HttpReply;
use Backend\OAuth\GrantedTokens;
use Backend\Retry;
use Backend\Sample;
use Backend\Services;

if (!extension_loaded('pdo_sqlite')) {
    echo "      OAuth: not tested, PHP has no pdo_sqlite\n";

    return [];
}

$settings = [
    'KOMMO_CLIENT_ID' => 'an-id', 'KOMMO_CLIENT_SECRET' => 'a-client-secret', 'KOMMO_KEY' => str_repeat('0f', 32),
    'KOMMO_REDIRECT_URI' => 'https://hooks.acme.example/oauth.php',
];
$connected = static fn (FakeTransport $http): Services => services($settings)->withHttp(new Http($http));
$granted = static fn (int $number): HttpReply => reply(200, [
    'access_token' => "access-token-$number", 'refresh_token' => "refresh-token-$number", 'expires_in' => 86400,
]);
$install = static function (Services $services, int $expiresAt): void {
    $tokens = new GrantedTokens('access-token-0', 'refresh-token-0', $expiresAt);
    $services->oauth()->store->install(30000001, AccountHost::tryFrom(test_host()), $tokens, time());
};
$current = static fn (Services $services): string => $services->oauth()->tokens(30000001)->current();
$sent = static fn (FakeTransport $http): array => array_map(
    static fn (array $request): string => $request[3]['refresh_token'],
    $http->requests,
);
$query = ['code' => 'def50200-a-code', 'referer' => test_host(), 'from_widget' => '1'];
$signature = hash_hmac('sha256', 'an-id|30000001', 'a-client-secret');

return [
    'a valid token is used' => static function () use ($connected, $install, $current): void {
        $services = $connected($http = new FakeTransport(reply(500)));
        $install($services, time() + 3600);
        same(['access-token-0', []], [$current($services), $http->requests]);
    },
    'an expired token is refreshed, once' => static function () use ($connected, $install, $current, $granted): void {
        $services = $connected($http = new FakeTransport($granted(1)));
        $install($services, time() - 1);
        same(['access-token-1', 'access-token-1'], [$current($services), $current($services)]);
        same(['POST https://' . test_host() . '/oauth2/access_token'], $http->asked());
        same('a-client-secret', $http->requests[0][3]['client_secret']);
    },
    'after a lost reply the same token is sent again' => static function () use (
        $connected,
        $install,
        $current,
        $granted,
        $sent,
    ): void {
        $services = $connected($http = new FakeTransport(new HttpFailure('lost'), $granted(2)));
        $install($services, time() - 1);
        same('access-token-2', $current($services));
        same(['refresh-token-0', 'refresh-token-0'], $sent($http));
    },
    'a server error does no harm' => static function () use ($connected, $install, $current, $granted): void {
        $services = $connected(new FakeTransport(reply(503), $granted(1)));
        $install($services, time() - 1);
        try {
            $current($services);
            throw new LogicException('expected a Retry');
        } catch (Retry) {
        }
        same('access-token-1', $current($services));
    },
    'a process that waited for a failed refresh gives up' => static function () use ($connected, $install, $current): void {
        $services = $connected($http = new FakeTransport(reply(503)));
        $install($services, time() - 1);
        $failures = static function () use ($services, $current): void {
            try {
                $current($services);
                throw new LogicException('expected a Retry');
            } catch (Retry) {
            }
        };
        $failures();
        $failures();
        same(2, count($http->requests));
        file_put_contents($services->storage()->path('refresh-30000001.lock'), (string) (microtime(true) + 30));
        $failures();
        same(2, count($http->requests));
    },
    'the previous token helps if the new one is refused' => static function () use (
        $connected,
        $install,
        $current,
        $granted,
        $sent,
    ): void {
        $services = $connected($http = new FakeTransport($granted(1), reply(400), $granted(2)));
        $install($services, time() - 1);
        $current($services);
        same('access-token-2', $services->oauth()->tokens(30000001)->renewed('access-token-1'));
        same(['refresh-token-0', 'refresh-token-1', 'refresh-token-0'], $sent($http));
    },
    'an account that refuses all tokens is left alone' => static function () use ($connected, $install, $current): void {
        $services = $connected($http = new FakeTransport(reply(400)));
        $install($services, time() - 1);
        for ($n = 0; $n < 3; $n++) {
            try {
                $current($services);
                throw new LogicException('expected an ApiError');
            } catch (ApiError $error) {
                same(401, $error->status);
            }
        }
        same(1, count($http->requests));
    },
    'a late refresh changes nothing' => static function () use ($connected, $install): void {
        $store = ($services = $connected(new FakeTransport(reply(500))))->oauth()->store;
        $late = new GrantedTokens('access-token-9', 'refresh-token-9', time() + 3600);
        $install($services, time() - 1);
        $before = $store->find(30000001);
        $install($services, time() + 3600);
        same(false, $store->replace($before, 'refresh-token-0', $late, time()));
        same('access-token-0', $store->find(30000001)?->granted->access);
        $store->forget(30000001);
        same([false, null], [$store->replace($before, 'refresh-token-0', $late, time()), $store->find(30000001)]);
    },
    'the database contains nothing readable' => static function () use ($connected, $install): void {
        $services = $connected(new FakeTransport(reply(500)));
        $install($services, time() + 3600);
        $row = implode(' ', $services->db()->query('SELECT * FROM tokens')->fetch());
        same([false, false], [str_contains($row, 'access-token'), str_contains($row, 'refresh-token')]);
    },
    'other hosts are refused' => static function () use ($connected, $query): void {
        $services = $connected($http = new FakeTransport(reply(500)));
        foreach (['evil.example', test_host() . '.evil.example', test_host() . '@evil.example', '', null] as $referer) {
            $request = request('', ['referer' => $referer] + $query, 'GET');
            refused(400, 'referer is not the host of an account', static fn () => (new Oauth())->answer($request, $services));
        }
        same([[], []], [$http->requests, $services->jobs()->unfinished()]);
    },
    'a code is stored before the reply' => static function () use ($connected, $query): void {
        $services = $connected($http = new FakeTransport(reply(500)));
        same(200, (new Oauth())->answer(request('', $query, 'GET'), $services)->status);
        same([1, []], [count($services->jobs()->unfinished()), $http->requests]);
        same(false, str_contains(json_encode($services->jobs()->unfinished()[0]->payload), 'def50200'));
    },
    'the sample of an installation' => static function () use ($connected): void {
        $services = $connected($http = new FakeTransport(reply(500)));
        $query = Sample::read(dirname(__DIR__), 'oauth')->query();
        same(200, (new Oauth())->answer(request('', $query, 'GET'), $services)->status);
        same([1, []], [count($services->jobs()->unfinished()), $http->requests]);
    },
    'the sample of an uninstallation' => static function () use ($connected, $install, $settings): void {
        $services = $connected(new FakeTransport(reply(500)));
        $install($services, time() + 3600);
        $sample = Sample::read(dirname(__DIR__), 'hook')->with(static fn (string $name): string => $settings[$name]);
        same(200, (new Hook())->answer(request('', $sample->query(), 'GET'), $services)->status);
        same([null, 1], [$services->oauth()->store->find(30000001), count($services->jobs()->unfinished())]);
    },
    'a copy of an uninstallation does nothing' => static function () use ($connected, $settings): void {
        $services = $connected(new FakeTransport(reply(500)));
        $sample = Sample::read(dirname(__DIR__), 'hook')->with(static fn (string $name): string => $settings[$name]);
        $log = ini_set('error_log', DIRECTORY_SEPARATOR === '/' ? '/dev/null' : 'NUL');
        same(200, (new Hook())->answer(request('', $sample->query(), 'GET'), $services)->status);
        ini_set('error_log', (string) $log);
        same([], $services->jobs()->unfinished());
    },
    'access denied' => static function () use ($connected): void {
        $services = $connected(new FakeTransport(reply(500)));
        $log = ini_set('error_log', DIRECTORY_SEPARATOR === '/' ? '/dev/null' : 'NUL');
        same(200, (new Oauth())->answer(request('', ['error' => 'access_denied'], 'GET'), $services)->status);
        ini_set('error_log', (string) $log);
        same([], $services->jobs()->unfinished());
    },
    'an uninstallation removes the tokens' => static function () use ($connected, $install, $signature): void {
        foreach (['client_uuid', 'client_id'] as $name) {
            $services = $connected(new FakeTransport(reply(500)));
            $install($services, time() + 3600);
            $query = [$name => 'an-id', 'account_id' => '30000001', 'signature' => $signature];
            same(200, (new Hook())->answer(request('', $query, 'GET'), $services)->status);
            same(null, $services->oauth()->store->find(30000001));
        }
    },
    'a wrong signature removes nothing' => static function () use ($connected, $install, $signature): void {
        $services = $connected(new FakeTransport(reply(500)));
        $install($services, time() + 3600);
        $query = ['client_uuid' => 'an-id', 'account_id' => '30000001', 'signature' => $signature];
        $changes = [['signature' => ''], ['signature' => "{$signature}0"], ['signature' => [$signature]], ['client_uuid' => 'x']];
        foreach ($changes as $change) {
            $request = request('', $change + $query, 'GET');
            refused(403, 'wrong signature', static fn () => (new Hook())->answer($request, $services));
        }
        same(30000001, $services->oauth()->store->find(30000001)?->accountId);
    },
];
