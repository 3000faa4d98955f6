<?php

declare(strict_types=1);

namespace Backend;

/** Cross-origin requests (CORS): only pages of known accounts and of KOMMO_ORIGINS may call. */
final class Origin
{
    /** How long a browser may cache the reply to a preflight request, in seconds. */
    private const SECONDS = 600;

    /**
     * The headers that allow the page to read the reply, if it may.
     *
     * @return list<string>
     */
    public static function headers(Request $request, Services $services): array
    {
        $origin = $request->header('Origin');

        return $origin !== '' && self::isKnown($origin, $services)
            ? ["Access-Control-Allow-Origin: $origin", 'Vary: Origin']
            : ['Vary: Origin'];
    }

    /** The reply to a preflight request, which browsers send first because of the header X-Auth-Token. */
    public static function preflight(Request $request, Services $services): Reply
    {
        $headers = self::headers($request, $services);
        if (count($headers) === 1) {
            throw new Refusal(403, 'unknown origin', self::hint($request->header('Origin')));
        }

        return Reply::nothing()->with(
            'Access-Control-Allow-Methods: GET, POST, PUT, PATCH, DELETE',
            'Access-Control-Allow-Headers: Content-Type, X-Auth-Token, X-Requested-With',
            'Access-Control-Max-Age: ' . self::SECONDS,
        );
    }

    private static function isKnown(string $origin, Services $services): bool
    {
        if (in_array($origin, $services->config->words('KOMMO_ORIGINS'), true)) {
            return true;
        }
        $host = AccountHost::ofAddress($origin);

        return $host !== null && $services->config->get('KOMMO_KEY') !== '' && $services->accounts()->hasHost($host);
    }

    private static function hint(string $origin): string
    {
        return "$origin is neither an account's (bin/account.php list) nor in KOMMO_ORIGINS";
    }
}
