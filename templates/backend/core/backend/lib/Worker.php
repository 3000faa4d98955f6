<?php

declare(strict_types=1);

namespace Backend;

use Throwable;

/** Does the work in the queue: one job after an answer, or everything that is due. */
final class Worker
{
    public function __construct(private readonly App $app, private readonly Services $services)
    {
    }

    /** Does one job, unless it is done, given up, not due or another process is at it. */
    public function work(string $id): bool
    {
        $jobs = $this->services->jobs();
        $job = $jobs->take($id, time());
        if ($job === null) {
            return false;
        }
        $endpoint = null;
        try {
            $endpoint = $this->app->endpoint($job->kind);
            if (!$endpoint instanceof Deferred) {
                throw new Refusal(500, 'no such work', $job->kind);
            }
            $entry = $endpoint->work($job, $this->services->forJob($job));
        } catch (Throwable $error) {
            $this->failed($job, $error, $endpoint instanceof DeferredInTheOpen);

            return true;
        }
        // Logged first: a job that is cut off here is done once more rather than missing from the log.
        $this->services->storage()->logHandled($entry);
        $jobs->finish($job);

        return true;
    }

    /** Does what is due, at most `$limit` jobs; returns how many. */
    public function workOnDue(int $limit): int
    {
        $worked = 0;
        foreach ($this->services->jobs()->due(time(), $limit) as $id) {
            $worked += (int) $this->work($id);
        }

        return $worked;
    }

    private function failed(Job $job, Throwable $error, bool $isOpen): void
    {
        $jobs = $this->services->jobs();
        $why = self::shown($error);
        $isLast = self::isFinal($error) || $job->attempts >= Backoff::ATTEMPTS;
        $what = $isLast ? 'handler failed, given up' : 'handler failed';
        $about = $isOpen ? ['event' => $job->payload] : ['account_id' => $job->accountId];
        Log::write($job->kind, $what, ['why' => $why, 'attempt' => $job->attempts, 'job' => $job->id] + $about);
        if ($isLast) {
            $jobs->giveUp($job, $why);

            return;
        }
        $pause = $error instanceof Retry ? $error->afterSeconds : null;
        $jobs->postpone($job, time() + ($pause ?? Backoff::pause($job->attempts)), $why);
    }

    /** A setting that is missing is put right sooner or later: 503 is this server's own fault, not the job's. */
    private static function isFinal(Throwable $error): bool
    {
        return ($error instanceof Refusal && $error->status !== 503) || $error instanceof ApiError;
    }

    private static function shown(Throwable $error): string
    {
        return $error instanceof Refusal || $error instanceof Retry ? $error->getMessage() : (string) $error;
    }
}
