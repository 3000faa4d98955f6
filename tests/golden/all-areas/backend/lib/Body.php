<?php

declare(strict_types=1);

namespace Backend;

use JsonException;

/**
 * Parses a body into nested arrays, regardless of its Content-Type.
 *
 * Kommo documents JSON; servers in production receive forms with bracket keys (event[data][id]=1). A JSON object
 * begins with a brace, a form never does. https://developers.kommo.com/docs/widgets-dp
 */
final class Body
{
    public const MAX_DEPTH = 32;

    /** @return array<mixed> */
    public static function parse(string $body): array
    {
        if (preg_match('/\A(\xEF\xBB\xBF|\xFE\xFF|\xFF\xFE)/', $body) === 1) {
            throw Refusal::malformed('the body begins with a byte order mark: send UTF-8 without it');
        }
        $start = ltrim($body)[0] ?? throw Refusal::malformed('empty body');

        return $start === '{' ? self::json($body) : self::form($body);
    }

    /** @return array<mixed> */
    private static function form(string $body): array
    {
        // Decoded first: %FF itself is plain ASCII.
        if (preg_match('//u', urldecode($body)) !== 1) {
            throw Refusal::malformed('not valid UTF-8');
        }
        // parse_str drops what exceeds max_input_vars or max_input_nesting_level and warns: half an event is worse than
        // none.
        error_clear_last();
        @parse_str($body, $fields);
        if (error_get_last() !== null) {
            throw Refusal::malformed('too many form fields, or nested too deep');
        }

        return $fields;
    }

    /** @return array<mixed> */
    private static function json(string $body): array
    {
        try {
            // Integers beyond PHP's range stay text instead of losing digits.
            return json_decode($body, true, self::MAX_DEPTH, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            throw Refusal::malformed('not valid JSON');
        }
    }
}
