<?php

declare(strict_types=1);

namespace Backend;

/** An account has installed the widget, and its tokens are stored. */
final class Installation
{
    public function __construct(
        public readonly int $accountId,
        public readonly AccountHost $host,
        /** Whether it was installed from the CRM's own page of integrations, rather than from a button on your site. */
        public readonly bool $fromWidget,
        /** The `state` from your button's link. Anybody can send one: compare it with those that you issued. */
        public readonly string $state,
    ) {
    }
}
