<?php

declare(strict_types=1);

namespace Backend;

use PDO;

/** The queue in the SQLite database. */
final class SqliteJobs implements Jobs
{
    private const FLAGS = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE
        | JSON_THROW_ON_ERROR;

    /** @var array<string, JobLock> by id of the job */
    private array $locks = [];

    public function __construct(private readonly PDO $database, private readonly string $lockFolder)
    {
    }

    public function add(Job $job, int $now): bool
    {
        return Database::transaction($this->database, function () use ($job, $now): bool {
            $old = [$now - self::KEEP_SECONDS];
            $isOld = "added_at < ? AND state <> 'waiting'";
            $this->run("DELETE FROM job_steps WHERE job_id IN (SELECT id FROM jobs WHERE $isOld)", $old);
            $this->run("DELETE FROM jobs WHERE $isOld", $old);
            $columns = 'id, kind, account_id, payload, due_at, added_at';
            $values = [$job->id, $job->kind, $job->accountId, json_encode($job->payload, self::FLAGS), $now, $now];

            return $this->run("INSERT OR IGNORE INTO jobs ($columns) VALUES (?, ?, ?, ?, ?, ?)", $values) === 1;
        });
    }

    public function take(string $id, int $now): ?Job
    {
        $lock = JobLock::take($this->lockFolder, $id);
        if ($lock === null) {
            return null;
        }
        $job = $this->begin($id, $now);
        if ($job === null) {
            $lock->release();
        } else {
            $this->locks[$id] = $lock;
        }

        return $job;
    }

    public function finish(Job $job): void
    {
        Database::transaction($this->database, function () use ($job): void {
            $this->run('DELETE FROM job_steps WHERE job_id = ?', [$job->id]);
            $this->run("UPDATE jobs SET state = 'done', payload = '[]', problem = '' WHERE id = ?", [$job->id]);
        });
        $this->release($job);
    }

    public function postpone(Job $job, int $dueAt, string $problem): void
    {
        $this->run('UPDATE jobs SET due_at = ?, problem = ? WHERE id = ?', [$dueAt, $problem, $job->id]);
        $this->release($job);
    }

    public function giveUp(Job $job, string $problem): void
    {
        $this->run("UPDATE jobs SET state = 'failed', problem = ? WHERE id = ?", [$problem, $job->id]);
        $this->release($job);
    }

    public function reopen(string $id, int $now): bool
    {
        $update = "UPDATE jobs SET state = 'waiting', attempts = 0, due_at = ? WHERE id = ? AND state = 'failed'";

        return $this->run($update, [$now, $id]) === 1;
    }

    public function due(int $now, int $limit): array
    {
        $select = "SELECT id FROM jobs WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, added_at LIMIT ?";
        $rows = $this->database->prepare($select);
        $rows->execute([$now, $limit]);

        return $rows->fetchAll(PDO::FETCH_COLUMN);
    }

    public function unfinished(): array
    {
        $rows = $this->database->query("SELECT * FROM jobs WHERE state <> 'done' ORDER BY added_at, id");

        return array_map(Job::fromRow(...), $rows->fetchAll());
    }

    public function step(Job $job, string $name): ?array
    {
        $rows = $this->database->prepare('SELECT result FROM job_steps WHERE job_id = ? AND name = ?');
        $rows->execute([$job->id, $name]);
        // Fetch all rows: a statement that is not complete would block the next write.
        $row = $rows->fetchAll()[0] ?? null;
        if ($row === null) {
            return null;
        }
        $result = $row['result'] === null ? null : json_decode($row['result'], true, 64, JSON_THROW_ON_ERROR);

        return ['ended' => $row['result'] !== null, 'result' => $result];
    }

    public function beginStep(Job $job, string $name): void
    {
        $this->run('INSERT OR REPLACE INTO job_steps (job_id, name) VALUES (?, ?)', [$job->id, $name]);
    }

    public function endStep(Job $job, string $name, mixed $result): void
    {
        $update = 'UPDATE job_steps SET result = ? WHERE job_id = ? AND name = ?';
        $this->run($update, [json_encode($result, self::FLAGS), $job->id, $name]);
    }

    private function begin(string $id, int $now): ?Job
    {
        // One transaction: reading first would fail as "locked" if another request writes before this one does.
        return Database::transaction($this->database, function () use ($id, $now): ?Job {
            $select = "SELECT * FROM jobs WHERE id = ? AND state = 'waiting' AND due_at <= ?";
            $rows = $this->database->prepare($select);
            $rows->execute([$id, $now]);
            $row = $rows->fetchAll()[0] ?? null;
            if ($row === null) {
                return null;
            }
            $row['attempts']++;
            $due = $now + Backoff::pause($row['attempts']);
            $this->run('UPDATE jobs SET attempts = ?, due_at = ? WHERE id = ?', [$row['attempts'], $due, $id]);

            return Job::fromRow($row);
        });
    }

    private function release(Job $job): void
    {
        ($this->locks[$job->id] ?? null)?->release();
        unset($this->locks[$job->id]);
    }

    /** @param list<mixed> $values */
    private function run(string $sql, array $values): int
    {
        $statement = $this->database->prepare($sql);
        $statement->execute($values);

        return $statement->rowCount();
    }
}
