<?php

declare(strict_types=1);

namespace Backend\Api;

/**
 * Where a Salesbot waits to be told to go on: `https://<account>/api/v4/salesbot/<bot>/continue/<id>`.
 *
 * It comes in the request, so the caller can forge it, and the answer to it carries an access token. Only its path
 * is ever used, and only if the whole is what the vendor documents:
 * https://developers.kommo.com/reference/salesbot-widget-block-execution-confirmation
 */
final class ReturnUrl
{
    private const PATH = '(/api/v4/(?:salesbot|marketingbot)/[0-9]{1,19}/continue/[A-Za-z0-9_-]{1,64})';

    /**
     * The path of a return URL; null where it is none of this account's.
     *
     * @param string ...$addresses that the account has: https://acme.kommo.com
     */
    public static function path(mixed $url, string ...$addresses): ?string
    {
        foreach ($addresses as $address) {
            $pattern = '#\A' . preg_quote($address, '#') . self::PATH . '\z#';
            if ($address !== '' && is_string($url) && preg_match($pattern, $url, $match) === 1) {
                return $match[1];
            }
        }

        return null;
    }
}
