<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/**
 * A request that is turned away: the status, a few words for the caller, and more for the log where needed.
 *
 * `key` is for programs: it never changes, whatever the words say. The widget's script finds the text for its user by
 * it. In the work after an answer a refusal means that trying again is no use; but for 503, this server's own fault.
 */
final class Refusal extends RuntimeException
{
    /** What the status says where nothing more exact is known. */
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

    /** The server's own fault: the caller learns no detail. */
    public static function unavailable(string $logged): self
    {
        return new self(503, 'not available', $logged);
    }

    public static function malformed(string $reason): self
    {
        return new self(400, $reason);
    }
}
