<?php

declare(strict_types=1);

namespace Backend;

/**
 * Remembers which events were taken on, because the same one may arrive again, or many times at once.
 *
 * Kommo repeats a plain pipeline webhook for up to an hour (https://developers.kommo.com/docs/webhooks-dp); whether it
 * repeats the calls of widgets too is not documented.
 */
interface Duplicates
{
    /** A week: far beyond any re-send, short enough that the memory stays small. */
    public const KEEP_SECONDS = 7 * 24 * 3600;

    /**
     * Takes an event on. Of any number of calls with one identity, in parallel too, exactly one gets true.
     *
     * @param int $now Unix seconds
     */
    public function claim(string $identity, int $now): bool;
}
