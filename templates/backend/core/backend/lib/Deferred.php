<?php

declare(strict_types=1);

namespace Backend;

/** An endpoint whose work is done from the queue: right after the reply, and again if it failed. */
interface Deferred
{
    /**
     * Does the work of a job that this endpoint has queued.
     *
     * @return array<string, mixed> the line for events.log
     * @throws Refusal if repeating the job is pointless
     * @throws Retry to repeat it after a certain time; any other exception repeats it as well
     */
    public function work(Job $job, Services $services): array;
}
