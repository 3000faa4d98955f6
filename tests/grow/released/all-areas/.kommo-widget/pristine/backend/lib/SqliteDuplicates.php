<?php

declare(strict_types=1);

namespace Backend;

use PDO;

/** The memory against duplicates in an SQLite file. */
final class SqliteDuplicates implements Duplicates
{
    private const WAIT_SECONDS = 10;

    private readonly PDO $database;

    public function __construct(string $file)
    {
        $this->database = new PDO("sqlite:$file", null, null, [
            PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
            PDO::ATTR_TIMEOUT => self::WAIT_SECONDS,
        ]);
    }

    public function claim(string $identity, int $now): bool
    {
        // IMMEDIATE takes the write lock at once, so that parallel copies wait for each other here; a transaction
        // that begins by reading could not wait later on, it would fail as "locked".
        $this->database->exec('BEGIN IMMEDIATE');
        $this->database->exec(
            'CREATE TABLE IF NOT EXISTS claims (identity TEXT PRIMARY KEY, claimed_at INTEGER NOT NULL)'
        );
        $this->database->exec('CREATE INDEX IF NOT EXISTS claims_by_time ON claims (claimed_at)');
        $this->database->prepare('DELETE FROM claims WHERE claimed_at < ?')->execute([$now - self::KEEP_SECONDS]);
        $insert = $this->database->prepare('INSERT OR IGNORE INTO claims VALUES (?, ?)');
        $insert->execute([$identity, $now]);
        $this->database->exec('COMMIT');

        return $insert->rowCount() === 1;
    }
}
