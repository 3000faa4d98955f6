<?php

declare(strict_types=1);

namespace Backend;

/** Base64 for URLs without padding, as the parts of a JWT are (RFC 7515, section 2), in its one strict form. */
final class Base64Url
{
    public static function encode(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }

    /** The bytes; null where a character, the length or a left-over bit is not as an encoder writes it. */
    public static function decode(string $text): ?string
    {
        $bytes = base64_decode(strtr($text, '-_', '+/'), true);

        // PHP's decoder skips blanks, takes padding and ignores left-over bits: one text for one value only.
        return $bytes !== false && hash_equals(self::encode($bytes), $text) ? $bytes : null;
    }
}
