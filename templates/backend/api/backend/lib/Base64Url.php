<?php

declare(strict_types=1);

namespace Backend;

/** Base64url without padding, as in JWTs (RFC 7515, section 2); strict. */
final class Base64Url
{
    public static function encode(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }

    /** The bytes; null if the text is not exactly what encode() returns for them. */
    public static function decode(string $text): ?string
    {
        $bytes = base64_decode(strtr($text, '-_', '+/'), true);

        // PHP's decoder is lenient: it skips blanks, accepts padding and ignores surplus bits.
        return $bytes !== false && hash_equals(self::encode($bytes), $text) ? $bytes : null;
    }
}
