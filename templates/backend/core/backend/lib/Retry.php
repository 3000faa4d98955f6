<?php

declare(strict_types=1);

namespace Backend;

use RuntimeException;

/** Thrown by a handler to repeat its job later, because another server is busy or unreachable. */
final class Retry extends RuntimeException
{
    /** @param int|null $afterSeconds the pause; null: the queue's own pauses, which grow */
    public function __construct(string $why, public readonly ?int $afterSeconds = null)
    {
        parent::__construct($why);
    }
}
