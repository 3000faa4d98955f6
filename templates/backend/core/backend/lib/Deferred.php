<?php

declare(strict_types=1);

namespace Backend;

/** An endpoint whose work is done after its answer, from the queue: at once, and again where it failed. */
interface Deferred
{
    /**
     * Does the work of a job that this endpoint added.
     *
     * @return array<string, mixed> the line for events.log
     * @throws Refusal where trying again is no use
     * @throws Retry where it is, at a time that the handler knows; any other exception means the same
     */
    public function work(Job $job, Services $services): array;
}
