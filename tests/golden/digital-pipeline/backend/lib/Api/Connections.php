<?php

declare(strict_types=1);

namespace Backend\Api;

use Backend\AccountHost;
use Backend\KommoApi;
use Backend\Refusal;
use Backend\Services;
use Backend\SystemClock;

/** Opens the API of an account with the token that the account has given. */
final class Connections
{
    public static function open(int $account, Services $services): KommoApi
    {
        [$host, $tokens] = self::granted($account, $services);
        if ($host === null || $tokens === null) {
            return new KommoApi($account, null);
        }
        $config = $services->config;
        $clock = new SystemClock();

        return new KommoApi($account, new ApiConnection(
            $host,
            ApiAddress::of($host, $config),
            $services->http(),
            $tokens,
            new Throttle($services->storage()->path("api-$host->name.lock"), $clock),
            $clock,
        ));
    }

    /** @return array{AccountHost|null, AccessTokens|null} */
    private static function granted(int $account, Services $services): array
    {
        $config = $services->config;
        $token = $config->get('KOMMO_TOKEN');
        // A long-lived token belongs to one account, which it names.
        if ($token === '' || !in_array(AccessToken::account($token), [$account, null], true)) {
            return [null, null];
        }
        $host = AccountHost::tryFrom($config->get('KOMMO_HOST'))
            ?? throw Refusal::unavailable('KOMMO_HOST is not the host of an account, see backend/config.example.php');

        return [$host, new LongLivedToken($token)];
    }
}
