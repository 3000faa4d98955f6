<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/**
 * The queue in plain files, if PHP has no SQLite: one JSON file per job, in a folder named by the first two characters
 * of its id.
 *
 * A file appears under its name complete or not at all, and only once, which also rules out duplicates.
 */
final class FileJobs implements Jobs
{
    private const FLAGS = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE
        | JSON_THROW_ON_ERROR;

    /** @var array<string, JobLock> by id of the job */
    private array $locks = [];

    public function __construct(private readonly string $folder, private readonly string $lockFolder)
    {
    }

    public function add(Job $job, int $now): bool
    {
        $folder = "$this->folder/" . substr($job->id, 0, 2);
        if (!is_dir($folder)) {
            @mkdir($folder, 0700, true); // fails if a parallel request was faster
        }
        $this->forget($folder, $now - self::KEEP_SECONDS);
        $row = [
            'id' => $job->id, 'kind' => $job->kind, 'account_id' => $job->accountId,
            'payload' => json_encode($job->payload, self::FLAGS), 'state' => Job::WAITING, 'attempts' => 0,
            'due_at' => $now, 'added_at' => $now, 'problem' => '', 'steps' => [],
        ];
        $new = $this->writeNew($folder, $row);
        try {
            return @link($new, $this->path($job->id)) || $this->isKnown($job->id);
        } finally {
            @unlink($new);
        }
    }

    public function take(string $id, int $now): ?Job
    {
        $lock = JobLock::take($this->lockFolder, $id);
        if ($lock === null) {
            return null;
        }
        $row = $this->row($id);
        if ($row === null || $row['state'] !== Job::WAITING || $row['due_at'] > $now) {
            $lock->release();

            return null;
        }
        $row['attempts']++;
        $row['due_at'] = $now + Backoff::pause($row['attempts']);
        $this->write($row);
        $this->locks[$id] = $lock;

        return Job::fromRow($row);
    }

    public function finish(Job $job): void
    {
        $this->change($job, ['state' => Job::DONE, 'payload' => '[]', 'problem' => '', 'steps' => []]);
        $this->release($job);
    }

    public function postpone(Job $job, int $dueAt, string $problem): void
    {
        $this->change($job, ['due_at' => $dueAt, 'problem' => $problem]);
        $this->release($job);
    }

    public function giveUp(Job $job, string $problem): void
    {
        $this->change($job, ['state' => Job::FAILED, 'problem' => $problem]);
        $this->release($job);
    }

    public function reopen(string $id, int $now): bool
    {
        // The id comes from the command line and becomes a file name.
        $row = preg_match('/\A[0-9a-f]{64}\z/', $id) === 1 ? $this->row($id) : null;
        if ($row === null || $row['state'] !== Job::FAILED) {
            return false;
        }
        $this->write(['state' => Job::WAITING, 'attempts' => 0, 'due_at' => $now] + $row);

        return true;
    }

    public function due(int $now, int $limit): array
    {
        $due = array_filter(
            $this->rows(),
            static fn (array $row): bool => $row['state'] === Job::WAITING && $row['due_at'] <= $now,
        );

        return array_slice(array_column($due, 'id'), 0, $limit);
    }

    public function unfinished(): array
    {
        $rows = array_filter($this->rows(), static fn (array $row): bool => $row['state'] !== Job::DONE);

        return array_map(Job::fromRow(...), array_values($rows));
    }

    public function step(Job $job, string $name): ?array
    {
        return $this->row($job->id)['steps'][$name] ?? null;
    }

    public function beginStep(Job $job, string $name): void
    {
        $this->changeStep($job, $name, ['ended' => false, 'result' => null]);
    }

    public function endStep(Job $job, string $name, mixed $result): void
    {
        $this->changeStep($job, $name, ['ended' => true, 'result' => $result]);
    }

    /** @param array{ended: bool, result: mixed} $step */
    private function changeStep(Job $job, string $name, array $step): void
    {
        $steps = $this->row($job->id)['steps'] ?? [];
        $this->change($job, ['steps' => [$name => $step] + $steps]);
    }

    /** @param array<string, mixed> $changed */
    private function change(Job $job, array $changed): void
    {
        $this->write($changed + ($this->row($job->id) ?? throw new RuntimeException('the job no longer exists')));
    }

    /** Returns false if link() failed because the job exists; otherwise the storage has failed. */
    private function isKnown(string $id): bool
    {
        return is_file($this->path($id)) ? false : throw new RuntimeException('cannot write to the queue');
    }

    private function path(string $id): string
    {
        return "$this->folder/" . substr($id, 0, 2) . "/$id.json";
    }

    /** @return array<string, mixed>|null */
    private function row(string $id): ?array
    {
        $text = @file_get_contents($this->path($id));

        return $text === false ? null : json_decode($text, true, 64, JSON_THROW_ON_ERROR);
    }

    /** @return list<array<string, mixed>> oldest first */
    private function rows(): array
    {
        $rows = [];
        foreach (glob("$this->folder/*/*.json") ?: [] as $file) {
            $rows[] = $this->row(basename($file, '.json'));
        }
        $rows = array_filter($rows);
        usort($rows, static fn (array $a, array $b): int => [$a['added_at'], $a['id']] <=> [$b['added_at'], $b['id']]);

        return $rows;
    }

    /** @param array<string, mixed> $row */
    private function write(array $row): void
    {
        $path = $this->path($row['id']);
        if (!rename($this->writeNew(dirname($path), $row), $path)) {
            throw new RuntimeException('cannot write to the queue');
        }
    }

    /**
     * Writes a row to a new file and returns its path.
     *
     * @param array<string, mixed> $row
     */
    private function writeNew(string $folder, array $row): string
    {
        $path = "$folder/" . bin2hex(random_bytes(8)) . '.new';
        $json = json_encode($row, self::FLAGS);
        if (@file_put_contents($path, $json) !== strlen($json)) {
            throw new RuntimeException('cannot write to the queue');
        }

        return $path;
    }

    private function forget(string $folder, int $before): void
    {
        foreach (glob("$folder/*.json") ?: [] as $file) {
            $row = $this->row(basename($file, '.json'));
            if ($row !== null && $row['added_at'] < $before && $row['state'] !== Job::WAITING) {
                @unlink($file);
            }
        }
    }

    private function release(Job $job): void
    {
        ($this->locks[$job->id] ?? null)?->release();
        unset($this->locks[$job->id]);
    }
}
