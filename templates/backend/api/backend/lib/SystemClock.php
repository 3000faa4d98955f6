<?php

declare(strict_types=1);

namespace Backend;

final class SystemClock implements Clock
{
    public function now(): float
    {
        return microtime(true);
    }

    public function sleep(float $seconds): void
    {
        usleep((int) ceil(1_000_000 * max(0.0, $seconds)));
    }
}
