<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** Keeps a job to one process. The system lets go of a lock when its process ends, however that comes about. */
final class JobLock
{
    /** @param resource $file */
    private function __construct(private readonly mixed $file, private readonly string $path)
    {
    }

    /** @return self|null null where another process has it */
    public static function take(string $folder, string $id): ?self
    {
        if (!is_dir($folder)) {
            @mkdir($folder, 0700); // fails where a parallel call was faster; fopen tells whether it is there
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
            // The process before may have removed the file between the two calls: then this locks nothing.
            clearstatcache(true, $path);
            if (@stat($path)['ino'] === fstat($file)['ino']) {
                return new self($file, $path);
            }
            fclose($file);
        }
    }

    public function release(): void
    {
        @unlink($this->path); // Windows keeps it while it is open
        fclose($this->file);
    }
}
