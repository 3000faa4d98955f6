<?php

declare(strict_types=1);

namespace Backend;

use JsonException;

/**
 * Reads a body into nested arrays, whatever its Content-Type says.
 *
 * Kommo's page prints JSON; servers in production report forms with bracket keys (event[data][id]=1). A form never
 * starts with a brace, a JSON object always does. https://developers.kommo.com/docs/widgets-dp
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
        // Checked after decoding: %FF is plain ASCII on the wire.
        if (preg_match('//u', urldecode($body)) !== 1) {
            throw Refusal::malformed('not valid UTF-8');
        }
        // parse_str drops what exceeds max_input_vars or max_input_nesting_level, with a warning: half an event is
        // worse than none.
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
            // Numbers beyond PHP's range stay text, digit by digit, instead of turning into another number.
            return json_decode($body, true, self::MAX_DEPTH, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            throw Refusal::malformed('not valid JSON');
        }
    }
}
