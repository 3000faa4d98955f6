<?php

declare(strict_types=1);

namespace Backend;

use PDO;
use PDOException;

/** The SQLite database: opened with every migration applied. */
final class Database
{
    private const WAIT_SECONDS = 30;

    /** @param string $backend contains lib/migrations/ (ours) and migrations/ (yours): SQL files, each applied once */
    public static function open(string $file, string $backend): PDO
    {
        $database = new PDO("sqlite:$file", null, null, [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
            PDO::ATTR_TIMEOUT => self::WAIT_SECONDS,
        ]);
        self::writeAhead($database);
        self::migrate($database, [
            ...self::numbered("$backend/lib/migrations", 'lib/'),
            ...self::numbered("$backend/migrations", ''),
        ]);

        return $database;
    }

    /**
     * Turns on write-ahead logging, with which readers never wait and a writer waits for one flush to the disk. It is a
     * property of the file. On a network drive SQLite keeps its rollback journal.
     */
    private static function writeAhead(PDO $database): void
    {
        try {
            $database->exec('PRAGMA journal_mode = WAL');
        } catch (PDOException) { // another process is using the file: a later one sets it
        }
    }

    /**
     * Runs `$do` in a transaction and returns its result.
     *
     * @template T
     * @param callable(): T $do
     * @return T
     */
    public static function transaction(PDO $database, callable $do): mixed
    {
        // IMMEDIATE takes the write lock at once, so that parallel requests wait for each other here; a transaction
        // that begins by reading would fail as "locked" when it writes.
        $database->exec('BEGIN IMMEDIATE');
        try {
            $result = $do();
            $database->exec('COMMIT');

            return $result;
        } catch (\Throwable $error) {
            $database->exec('ROLLBACK');
            throw $error;
        }
    }

    /** @param array<string, string> $migrations file by name */
    private static function migrate(PDO $database, array $migrations): void
    {
        if (array_diff_key($migrations, self::applied($database)) === []) {
            return;
        }
        self::transaction($database, static function () use ($database, $migrations): void {
            $columns = 'name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL';
            $database->exec("CREATE TABLE IF NOT EXISTS migrations ($columns)");
            foreach (array_diff_key($migrations, self::applied($database)) as $name => $file) {
                $database->exec((string) file_get_contents($file));
                $database->prepare('INSERT INTO migrations VALUES (?, ?)')->execute([$name, time()]);
            }
        });
    }

    /** @return array<string, int> time of each applied migration, by name */
    private static function applied(PDO $database): array
    {
        $exists = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'";
        if ($database->query($exists)->fetchColumn() === false) {
            return [];
        }

        return $database->query('SELECT name, applied_at FROM migrations')->fetchAll(PDO::FETCH_KEY_PAIR);
    }

    /** @return array<string, string> file by name, in order of their numbers */
    private static function numbered(string $folder, string $prefix): array
    {
        $files = [];
        foreach (glob("$folder/*.sql") ?: [] as $file) {
            $files[$prefix . basename($file, '.sql')] = $file;
        }

        return $files;
    }
}
