<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** A request that is turned away: the status, a few words for the caller, and more for the log where needed. */
final class Refusal extends RuntimeException
{
    /** @param list<string> $headers further response headers */
    public function __construct(
        public readonly int $status,
        public readonly string $reason,
        public readonly string $logged = '',
        public readonly array $headers = [],
    ) {
        parent::__construct($logged === '' ? $reason : "$reason: $logged");
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
