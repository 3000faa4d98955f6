<?php

declare(strict_types=1);

namespace Backend;

use SensitiveParameter;

/** An account that uses the widget. */
final class Account
{
    /** @param string $secret of the account's own private integration; '' if it uses KOMMO_CLIENT_SECRET */
    public function __construct(
        public readonly int $id,
        public readonly AccountHost $host,
        public readonly string $clientId,
        #[SensitiveParameter] public readonly string $secret,
    ) {
    }
}
