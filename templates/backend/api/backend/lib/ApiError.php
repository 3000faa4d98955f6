<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** The API said no, and would say no again: not found, not allowed, not valid. */
final class ApiError extends RuntimeException
{
    private const MAX_DETAIL = 500;

    public function __construct(public readonly int $status, string $what)
    {
        parent::__construct($what);
    }

    /** Says what was asked and, from the answer's problem+json, what was wrong with it. */
    public static function from(HttpReply $reply, string $asked): self
    {
        try {
            $problem = $reply->json();
        } catch (HttpFailure) {
            $problem = [];
        }
        $said = array_intersect_key($problem, array_flip(['title', 'detail', 'hint', 'validation-errors']));
        $flags = JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR;
        $detail = $said === [] ? '' : ' ' . substr((string) json_encode($said, $flags), 0, self::MAX_DETAIL);

        return new self($reply->status, "$asked: $reply->status$detail");
    }
}
