<?php

declare(strict_types=1);

namespace Backend;

/**
 * The queue: remembers which events were taken on, and what of their work is still to do.
 *
 * The same event may arrive again, or many times at once: Kommo repeats plain webhooks that were not answered by
 * 200 for up to an hour. Whether it repeats the calls of widgets, too, is not documented.
 * https://developers.kommo.com/docs/webhooks-dp
 */
interface Jobs
{
    /** A week: far beyond any re-send, short enough that the memory stays small. */
    public const KEEP_SECONDS = 7 * 24 * 3600;

    /**
     * Takes an event on and keeps its work, in one step. Of any number of calls with one id, in parallel too, exactly
     * one gets true.
     *
     * @param int $now Unix seconds
     */
    public function add(Job $job, int $now): bool;

    /**
     * Begins a job, for this process alone until it ends or calls `finish`, `postpone` or `giveUp`. The attempt counts
     * from here, so that work which was cut off comes again after its pause.
     *
     * @return Job|null null where it is done, given up, not due, or being worked on
     */
    public function take(string $id, int $now): ?Job;

    public function finish(Job $job): void;

    public function postpone(Job $job, int $dueAt, string $problem): void;

    public function giveUp(Job $job, string $problem): void;

    /** Lets a job that was given up be tried again, its attempts counted anew; false where there is none. */
    public function reopen(string $id, int $now): bool;

    /** @return list<string> ids of the jobs that are due, the oldest first */
    public function due(int $now, int $limit): array;

    /** @return list<Job> what is waiting or was given up */
    public function unfinished(): array;

    /**
     * How far a step of a job's work came: null before it began; else whether it ended, and with what.
     *
     * @return array{ended: bool, result: mixed}|null
     */
    public function step(Job $job, string $name): ?array;

    public function beginStep(Job $job, string $name): void;

    public function endStep(Job $job, string $name, mixed $result): void;
}
