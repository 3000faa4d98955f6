<?php

declare(strict_types=1);

namespace Backend\Api;

use Backend\Base64Url;
use Backend\Fields;
use SensitiveParameter;

/**
 * Reads an access token. It is a JWT signed with a key that only the platform has, so use this only for tokens from the
 * platform or from the settings, never for what a caller sent.
 */
final class AccessToken
{
    /** The account that the token is for; null if it does not name one. */
    public static function account(#[SensitiveParameter] string $token): ?int
    {
        $payload = Base64Url::decode(explode('.', $token)[1] ?? '') ?? '';
        $claims = json_decode($payload, true, 8, JSON_BIGINT_AS_STRING);

        return Fields::positive(is_array($claims) ? $claims['account_id'] ?? null : null);
    }
}
