<?php

declare(strict_types=1);

namespace Backend\Api;

use Backend\AccountHost;
use Backend\Config;
use Backend\Refusal;

/** The URL of the API: the account's own host, unless KOMMO_API names a fake API on this machine. */
final class ApiAddress
{
    public static function of(AccountHost $host, Config $config): string
    {
        $local = self::local($config);

        return $local === '' ? $host->address() : $local;
    }

    /** The URL of the fake API; '' if there is none. */
    public static function local(Config $config): string
    {
        $address = rtrim($config->get('KOMMO_API'), '/');
        // Tokens are sent there unencrypted, so it must be on this machine.
        if ($address !== '' && preg_match('#\Ahttp://(127\.0\.0\.1|localhost|\[::1\]):[0-9]{1,5}\z#', $address) !== 1) {
            throw Refusal::unavailable('KOMMO_API is for a fake API in development: http://127.0.0.1 with a port');
        }

        return $address;
    }
}
