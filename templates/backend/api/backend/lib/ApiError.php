<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** A refusal of the API that is final, such as not found, not allowed or not valid. */
final class ApiError extends RuntimeException
{
    private const MAX_DETAIL = 500;

    public function __construct(public readonly int $status, string $what)
    {
        parent::__construct($what);
    }

    /** Names the call and, from the reply's problem+json, the problem. */
    public static function from(HttpReply $reply, string $call): self
    {
        try {
            $problem = $reply->json();
        } catch (HttpFailure) {
            $problem = [];
        }
        $details = array_intersect_key($problem, array_flip(['title', 'detail', 'hint', 'validation-errors']));
        $flags = JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE | JSON_PARTIAL_OUTPUT_ON_ERROR;
        $detail = $details === [] ? '' : ' ' . substr((string) json_encode($details, $flags), 0, self::MAX_DETAIL);

        return new self($reply->status, "$call: $reply->status$detail");
    }
}
