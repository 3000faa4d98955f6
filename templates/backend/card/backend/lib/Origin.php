<?php

declare(strict_types=1);

namespace Backend;

/** From which pages a browser may ask: those of the accounts that are known, and of no other address. */
final class Origin
{
    private const SECONDS = 600;

    /**
     * The headers that let the page that asks read the answer; none where it may not.
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

    /** The answer to a preflight request, which browsers send before one with a header of its own. */
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
