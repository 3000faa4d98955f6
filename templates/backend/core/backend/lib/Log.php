<?php

declare(strict_types=1);

namespace Backend;

/** PHP's error log: one line an incident, nothing of it for the caller. */
final class Log
{
    private const FLAGS = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE
        | JSON_PARTIAL_OUTPUT_ON_ERROR;

    /** @param array<string, mixed> $details as JSON, so that nothing from outside can start a line of its own */
    public static function write(string $endpoint, string $what, array $details): void
    {
        error_log("$endpoint: $what " . json_encode($details, self::FLAGS));
    }
}
