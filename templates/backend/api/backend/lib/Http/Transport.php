<?php

declare(strict_types=1);

namespace Backend\Http;

use Backend\HttpFailure;
use Backend\HttpReply;

/** Sends requests that `Http` has checked; tests put a fake in its place. */
interface Transport
{
    /** The longest reply, in bytes: 250 leads with everything in them are about 2 MB. */
    public const MAX_BYTES = 8 * 1024 * 1024;

    /** The longest headers, in bytes. */
    public const MAX_HEADER_BYTES = 64 * 1024;

    public const CONNECT_SECONDS = 5.0;

    /**
     * Sends a request and reads the reply, whatever its status; follows no redirects.
     *
     * @param list<string> $headers lines such as `Accept: application/json`
     * @param float $seconds the time limit for all of it
     * @throws HttpFailure if there is no complete reply in time
     */
    public function exchange(string $method, string $url, array $headers, string $body, float $seconds): HttpReply;
}
