<?php

declare(strict_types=1);

namespace Backend;

use Throwable;

/** Runs jobs of the queue: one after a reply, or all that are due. */
final class Worker
{
    public function __construct(private readonly App $app, private readonly Services $services)
    {
    }

    /** Runs one job, unless it is done, given up, not due, or taken by another process. */
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
            $this->failed($job, $error, $endpoint instanceof LoggableDeferred);

            return true;
        }
        // Logged before it is finished: a job that is cut off here is repeated rather than missing from the log.
        $this->services->storage()->logHandled($entry);
        $jobs->finish($job);

        return true;
    }

    /** Runs at most `$limit` of the jobs that are due; returns how many it ran. */
    public function workOnDue(int $limit): int
    {
        $worked = 0;
        foreach ($this->services->jobs()->due(time(), $limit) as $id) {
            $worked += (int) $this->work($id);
        }

        return $worked;
    }

    private function failed(Job $job, Throwable $error, bool $isLoggable): void
    {
        $jobs = $this->services->jobs();
        $why = self::shown($error);
        $isLast = self::isFinal($error) || $job->attempts >= Backoff::ATTEMPTS;
        $what = $isLast ? 'handler failed, given up' : 'handler failed';
        $about = $isLoggable ? ['event' => $job->payload] : ['account_id' => $job->accountId];
        Log::write($job->kind, $what, ['why' => $why, 'attempt' => $job->attempts, 'job' => $job->id] + $about);
        if ($isLast) {
            $jobs->giveUp($job, $why);

            return;
        }
        $pause = $error instanceof Retry ? $error->afterSeconds : null;
        $jobs->postpone($job, time() + ($pause ?? Backoff::pause($job->attempts)), $why);
    }

    /** 503 is a fault of this server, such as a missing setting, and not of the job: repeat it. */
    private static function isFinal(Throwable $error): bool
    {
        return ($error instanceof Refusal && $error->status !== 503) || $error instanceof ApiError;
    }

    private static function shown(Throwable $error): string
    {
        return $error instanceof Refusal || $error instanceof Retry ? $error->getMessage() : (string) $error;
    }
}
