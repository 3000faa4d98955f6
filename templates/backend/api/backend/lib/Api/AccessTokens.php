<?php

declare(strict_types=1);

namespace Backend\Api;

/** Where the API client of one account gets its access token from. */
interface AccessTokens
{
    /**
     * A token that should be good.
     *
     * @throws ApiError where the account has given none, or no longer accepts it
     * @throws Retry where a new one could not be had for now
     */
    public function current(): string;

    /**
     * Another token in place of one that the API refused.
     *
     * @throws ApiError|Retry as `current`
     */
    public function renewed(string $refused): string;
}
