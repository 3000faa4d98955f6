<?php

declare(strict_types=1);

namespace Backend\OAuth;

use Backend\AccountHost;
use SensitiveParameter;

/** A row of the token store, decrypted. */
final class StoredTokens
{
    public function __construct(
        public readonly int $accountId,
        public readonly AccountHost $host,
        public readonly GrantedTokens $granted,
        /** The previous refresh token, or ''. */
        #[SensitiveParameter] public readonly string $previousRefresh,
        /** Unix seconds. */
        public readonly int $grantedAt,
        public readonly ?int $refusedAt,
        public readonly int $version,
    ) {
    }

    /** @return list<string> the refresh tokens to try, newest first */
    public function refreshTokens(): array
    {
        return array_values(array_filter([$this->granted->refresh, $this->previousRefresh]));
    }
}
