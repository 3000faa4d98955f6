<?php

declare(strict_types=1);

namespace Backend;

/** A request of the mobile app for the page of a card. */
final class MobileRequest
{
    public function __construct(
        public readonly int $accountId,
        public readonly ?int $userId,
        /** `leads`, `contacts`, ...; null if the token names no card. */
        public readonly ?string $entityType,
        public readonly ?int $entityId,
        /** The app's platform, such as `android`, or ''. */
        public readonly string $from,
    ) {
    }
}
