<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** A file that one process at a time works on; the system lets go of it when that process ends, however it ends. */
final class FileLock
{
    /**
     * Waits for its turn, and returns what `$do` returns.
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
