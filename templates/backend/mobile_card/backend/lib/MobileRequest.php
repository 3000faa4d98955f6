<?php

declare(strict_types=1);

namespace Backend;

/** The page that the mobile app opens for a card. */
final class MobileRequest
{
    public function __construct(
        public readonly int $accountId,
        public readonly ?int $userId,
        /** `leads`, `contacts`, ... as the app names it; null where the token names no card. */
        public readonly ?string $entityType,
        public readonly ?int $entityId,
        /** The app's platform, such as `android`; '' where it does not say. */
        public readonly string $from,
    ) {
    }
}
