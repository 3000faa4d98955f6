<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** Reserves a job for one process. The system releases the lock when the process ends, for whatever reason. */
final class JobLock
{
    /** @param resource $file */
    private function __construct(private readonly mixed $file, private readonly string $path)
    {
    }

    /** @return self|null null if another process has it */
    public static function take(string $folder, string $id): ?self
    {
        if (!is_dir($folder)) {
            @mkdir($folder, 0700); // fails if a parallel request was faster; fopen finds out
        }
        $path = "$folder/$id.lock";
        while (true) {
            $file = @fopen($path, 'c');
            if ($file === false) {
                throw new RuntimeException('cannot lock a job');
            }
            if (!flock($file, LOCK_EX | LOCK_NB)) {
                fclose($file);

                return null;
            }
            // The previous process may have removed the file between fopen and flock: then this lock is void.
            clearstatcache(true, $path);
            if (@stat($path)['ino'] === fstat($file)['ino']) {
                return new self($file, $path);
            }
            fclose($file);
        }
    }

    public function release(): void
    {
        @unlink($this->path); // fails on Windows while it is open
        fclose($this->file);
    }
}
