<?php

declare(strict_types=1);

namespace Backend\Api;

use Backend\AccountHost;
use Backend\Config;
use Backend\Refusal;

/** Where the API is: at the account's own host, unless KOMMO_API names a fake one on this machine. */
final class ApiAddress
{
    public static function of(AccountHost $host, Config $config): string
    {
        $local = self::local($config);

        return $local === '' ? $host->address() : $local;
    }

    /** The fake API's address; '' where there is none. */
    public static function local(Config $config): string
    {
        $address = rtrim($config->get('KOMMO_API'), '/');
        // Tokens are sent there in the clear, so it never leaves this machine.
        if ($address !== '' && preg_match('#\Ahttp://(127\.0\.0\.1|localhost|\[::1\]):[0-9]{1,5}\z#', $address) !== 1) {
            throw Refusal::unavailable('KOMMO_API is for a fake API in development: http://127.0.0.1 with a port');
        }

        return $address;
    }
}
