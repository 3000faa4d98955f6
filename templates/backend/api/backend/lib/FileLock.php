<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** Locks a file for one process at a time. The system releases the lock when the process ends, for whatever reason. */
final class FileLock
{
    /**
     * Waits for the lock, runs `$do` and returns its result.
     *
     * @template T
     * @param callable(resource): T $do gets the open file, at its start
     * @return T
     */
    public static function hold(string $path, callable $do): mixed
    {
        $file = @fopen($path, 'c+b');
        if ($file === false || !flock($file, LOCK_EX)) {
            throw new RuntimeException("cannot lock $path");
        }
        try {
            return $do($file);
        } finally {
            fclose($file); // unlocks as well
        }
    }
}
