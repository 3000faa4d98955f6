<?php

declare(strict_types=1);

namespace Backend;

/** Time, so that tests need not wait for it. */
interface Clock
{
    /** Unix seconds, with their fraction. */
    public function now(): float;

    public function sleep(float $seconds): void;
}
