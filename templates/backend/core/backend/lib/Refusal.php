<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/**
 * Refuses a request: with a status, a few words for the caller, and details for the log.
 *
 * `key` is for programs and never changes, unlike the words: the widget's script has a text for it. Thrown by a job, a
 * refusal means that repeating it is pointless, unless its status is 503, a fault of this server.
 */
final class Refusal extends RuntimeException
{
    /** The default key by status. */
    private const KEYS = [
        400 => 'malformed', 401 => 'no_token', 403 => 'not_allowed', 404 => 'not_found', 405 => 'wrong_method',
        409 => 'conflict', 413 => 'too_large', 415 => 'wrong_type', 422 => 'invalid', 429 => 'too_many',
        503 => 'not_available',
    ];

    public readonly string $key;

    /** @param list<string> $headers further response headers */
    public function __construct(
        public readonly int $status,
        public readonly string $reason,
        public readonly string $logged = '',
        public readonly array $headers = [],
        string $key = '',
    ) {
        parent::__construct($logged === '' ? $reason : "$reason: $logged");
        $this->key = $key === '' ? self::KEYS[$status] ?? 'refused' : $key;
    }

    /** For handlers: `Refusal::because('lead_is_closed', 'the lead is closed')`. */
    public static function because(string $key, string $reason, int $status = 422): self
    {
        return new self($status, $reason, '', [], $key);
    }

    /** A fault of this server, of which the caller learns no details. */
    public static function unavailable(string $logged): self
    {
        return new self(503, 'not available', $logged);
    }

    public static function malformed(string $reason): self
    {
        return new self(400, $reason);
    }
}
