<?php

declare(strict_types=1);

namespace Backend\Api;

/**
 * The URL that lets a waiting Salesbot go on: `https://<account>/api/v4/salesbot/<bot>/continue/<id>`.
 *
 * It comes in the request, so the caller can forge it, and the call to it carries an access token. Only its path is
 * used, and only if the whole URL is as documented:
 * https://developers.kommo.com/reference/salesbot-widget-block-execution-confirmation
 */
final class ReturnUrl
{
    private const PATH = '(/api/v4/(?:salesbot|marketingbot)/[0-9]{1,19}/continue/[A-Za-z0-9_-]{1,64})';

    /**
     * The path of a return URL; null if it is not one of this account.
     *
     * @param string ...$addresses of the account, such as https://acme.kommo.com
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
