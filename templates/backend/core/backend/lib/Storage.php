<?php

declare(strict_types=1);

namespace Backend;

use PDO;

/** The folder KOMMO_STORAGE: the queue, the database and events.log. */
final class Storage
{
    private ?PDO $database = null;

    private function __construct(private readonly string $folder, private readonly string $backend)
    {
    }

    /**
     * @param string $backend the folder that holds public/ and the migrations
     * @param string $documentRoot as the web server reports it; '' on the command line
     */
    public static function open(string $folder, string $backend, string $documentRoot = ''): self
    {
        if (!is_dir($folder)) {
            self::mustBeOutside($folder, ["$backend/public", $documentRoot]);
            @mkdir($folder, 0700, true); // fails if a parallel request was faster
        }
        $real = realpath($folder);
        if ($real === false || !is_dir($real) || !is_writable($real)) {
            throw Refusal::unavailable("KOMMO_STORAGE is not a writable folder: $folder");
        }
        self::mustBeOutside($real, ["$backend/public", $documentRoot]);

        return new self($real, $backend);
    }

    public function path(string $name): string
    {
        return "$this->folder/$name";
    }

    /** The queue: in the database, or in files if PHP has no SQLite. */
    public function jobs(): Jobs
    {
        return extension_loaded('pdo_sqlite')
            ? new SqliteJobs($this->database(), $this->path('running'))
            : new FileJobs($this->path('jobs'), $this->path('running'));
    }

    /** The database, with every migration applied. */
    public function database(): PDO
    {
        return $this->database ??= Database::open($this->path('backend.sqlite'), $this->backend);
    }

    /**
     * Adds a line of JSON to events.log. JSON contains no raw line breaks, so each event stays on one line.
     *
     * @param array<string, mixed> $entry
     */
    public function logHandled(array $entry): void
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;
        $line = json_encode(['handled_at' => date(DATE_ATOM)] + $entry, $flags) . "\n";
        file_put_contents($this->path('events.log'), $line, FILE_APPEND | LOCK_EX);
    }

    /**
     * The storage contains other people's data: no web server may serve it, not even one whose root is set too high.
     *
     * @param list<string> $roots
     */
    private static function mustBeOutside(string $folder, array $roots): void
    {
        $place = self::resolved($folder);
        foreach ($roots as $root) {
            $real = $root === '' ? false : realpath($root);
            if ($real !== false && str_starts_with($place, rtrim($real, '/\\') . DIRECTORY_SEPARATOR)) {
                throw Refusal::unavailable("KOMMO_STORAGE is inside the web root $real: $folder");
            }
        }
    }

    /** Resolves the links in a path that may not exist yet; adds a separator at its end. */
    private static function resolved(string $folder): string
    {
        $missing = '';
        while (!is_dir($folder) && dirname($folder) !== $folder) {
            $missing = DIRECTORY_SEPARATOR . basename($folder) . $missing;
            $folder = dirname($folder);
        }

        return rtrim((string) realpath($folder), '/\\') . $missing . DIRECTORY_SEPARATOR;
    }
}
