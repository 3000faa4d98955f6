<?php

declare(strict_types=1);

namespace Backend;

/** The time; tests put a fake in its place. */
interface Clock
{
    /** Unix seconds with a fraction. */
    public function now(): float;

    public function sleep(float $seconds): void;
}
