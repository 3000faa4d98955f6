<?php

declare(strict_types=1);

namespace Backend\Api;

use Backend\ApiError;
use Backend\Retry;

/** The source of an account's access token. */
interface AccessTokens
{
    /**
     * The current token, refreshed if it has expired.
     *
     * @throws ApiError if the account has given none, or no longer accepts it
     * @throws Retry if no new one is available for now
     */
    public function current(): string;

    /**
     * A new token in place of one that the API refused.
     *
     * @throws ApiError|Retry as current()
     */
    public function renewed(string $refused): string;
}
