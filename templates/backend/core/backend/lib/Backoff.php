<?php

declare(strict_types=1);

namespace Backend;

/** When to repeat a job that failed. */
final class Backoff
{
    /** The pauses after the first attempt, the second and so on, in seconds. */
    private const PAUSES = [60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600];

    public const ATTEMPTS = 8;

    /** @param int $attempts the number of attempts so far, at least 1 */
    public static function pause(int $attempts): int
    {
        return self::PAUSES[min($attempts, count(self::PAUSES)) - 1];
    }
}
