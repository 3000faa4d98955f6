<?php

declare(strict_types=1);

namespace Backend\Api;

use Backend\ApiError;
use SensitiveParameter;

/** A token that an administrator generated for a private integration; it cannot be renewed. */
final class LongLivedToken implements AccessTokens
{
    public function __construct(#[SensitiveParameter] private readonly string $token)
    {
    }

    public function current(): string
    {
        return $this->token;
    }

    public function renewed(string $refused): string
    {
        throw new ApiError(401, 'the API refuses the long-lived token: has it expired, or been revoked?');
    }
}
