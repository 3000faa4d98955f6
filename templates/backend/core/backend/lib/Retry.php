<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** Thrown by a handler whose work is to be tried again later: the other side is busy, or not reachable. */
final class Retry extends RuntimeException
{
    /** @param int|null $afterSeconds not before that; null: the queue's own pauses, which grow */
    public function __construct(string $why, public readonly ?int $afterSeconds = null)
    {
        parent::__construct($why);
    }
}
