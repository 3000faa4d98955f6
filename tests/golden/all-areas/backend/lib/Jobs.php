<?php

declare(strict_types=1);

namespace Backend;

/**
 * The queue: remembers which events were accepted, and which of their jobs are still to run.
 *
 * The same event may arrive again, even several times at once: Kommo repeats plain webhooks that were not answered
 * by 200 for up to an hour. Whether it also repeats calls of widgets is not documented.
 * https://developers.kommo.com/docs/webhooks-dp
 */
interface Jobs
{
    /** A week: longer than any repetition, and short enough for a small queue. */
    public const KEEP_SECONDS = 7 * 24 * 3600;

    /**
     * Accepts an event and stores its job in one step. Of all calls with the same id, even parallel ones, exactly one
     * returns true.
     *
     * @param int $now Unix seconds
     */
    public function add(Job $job, int $now): bool;

    /**
     * Begins a job. It belongs to this process until the process ends or calls `finish`, `postpone` or `giveUp`. The
     * attempt counts from here, so that a job that is cut off is repeated after its pause.
     *
     * @return Job|null null if it is done, given up, not due, or taken by another process
     */
    public function take(string $id, int $now): ?Job;

    public function finish(Job $job): void;

    public function postpone(Job $job, int $dueAt, string $problem): void;

    public function giveUp(Job $job, string $problem): void;

    /** Reopens a job that was given up and resets its attempts; false if there is none. */
    public function reopen(string $id, int $now): bool;

    /** @return list<string> ids of the jobs that are due, oldest first */
    public function due(int $now, int $limit): array;

    /** @return list<Job> those that are waiting or were given up */
    public function unfinished(): array;

    /**
     * The state of a job's step: null before it began, then whether it is complete, and its result.
     *
     * @return array{ended: bool, result: mixed}|null
     */
    public function step(Job $job, string $name): ?array;

    public function beginStep(Job $job, string $name): void;

    public function endStep(Job $job, string $name, mixed $result): void;
}
