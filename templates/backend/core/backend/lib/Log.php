<?php

declare(strict_types=1);

namespace Backend;

/** Writes to PHP's error log, one line per incident; callers see nothing of it. */
final class Log
{
    private const FLAGS = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE
        | JSON_PARTIAL_OUTPUT_ON_ERROR;

    /** @param array<string, mixed> $details written as JSON, so that nothing from outside can begin a new line */
    public static function write(string $endpoint, string $what, array $details): void
    {
        error_log("$endpoint: $what " . json_encode($details, self::FLAGS));
    }
}
