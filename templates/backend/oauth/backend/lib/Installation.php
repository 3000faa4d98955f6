<?php

declare(strict_types=1);

namespace Backend;

/** An account that installed the widget; its tokens are stored. */
final class Installation
{
    public function __construct(
        public readonly int $accountId,
        public readonly AccountHost $host,
        /** True from the CRM's own page of integrations, false from a button on your site. */
        public readonly bool $fromWidget,
        /** What your button put into `state`, as anybody could send it: compare it with what you handed out. */
        public readonly string $state,
    ) {
    }
}
