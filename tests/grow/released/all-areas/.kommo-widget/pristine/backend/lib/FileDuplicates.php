<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/**
 * The memory against duplicates in plain files, where PHP has no SQLite.
 *
 * Lines of "time identity", spread by the identity's first two characters over up to 256 files, so that no call
 * reads much and parallel events seldom wait for each other.
 */
final class FileDuplicates implements Duplicates
{
    public function __construct(private readonly string $folder)
    {
    }

    public function claim(string $identity, int $now): bool
    {
        $file = $this->lock(substr($identity, 0, 2));
        try {
            return self::add($file, $identity, $now);
        } finally {
            fclose($file); // unlocks as well
        }
    }

    /** @return resource */
    private function lock(string $bucket): mixed
    {
        if (!is_dir($this->folder)) {
            @mkdir($this->folder, 0700); // fails where a parallel call was faster; fopen tells whether it is there
        }
        $file = @fopen("$this->folder/$bucket.txt", 'c+b');
        if ($file === false || !flock($file, LOCK_EX)) {
            throw new RuntimeException('cannot open the memory against duplicates');
        }

        return $file;
    }

    /** @param resource $file */
    private static function add(mixed $file, string $identity, int $now): bool
    {
        $lines = explode("\n", rtrim((string) stream_get_contents($file), "\n"));
        $fresh = array_filter($lines, static fn (string $line): bool => (int) $line >= $now - self::KEEP_SECONDS);
        foreach ($fresh as $line) {
            if (str_ends_with($line, " $identity")) {
                return false;
            }
        }
        $fresh[] = "$now $identity";
        self::write($file, implode("\n", $fresh) . "\n");

        return true;
    }

    /** @param resource $file */
    private static function write(mixed $file, string $text): void
    {
        // Written over the old lines and cut afterwards: a crash in between never empties the file.
        rewind($file);
        if (fwrite($file, $text) !== strlen($text) || !fflush($file) || !ftruncate($file, strlen($text))) {
            throw new RuntimeException('cannot write the memory against duplicates');
        }
    }
}
