<?php

declare(strict_types=1);

namespace Backend\Http;

use Backend\HttpReply;

/** How a request gets onto the wire. `Http` has checked it; tests put a fake here. */
interface Transport
{
    /** The longest answer that is read, in bytes: 250 leads with all that belongs to them are about 2 MB. */
    public const MAX_BYTES = 8 * 1024 * 1024;

    /** The longest header block, in bytes. */
    public const MAX_HEADER_BYTES = 64 * 1024;

    public const CONNECT_SECONDS = 5.0;

    /**
     * Sends one request and reads its answer, whatever the status; follows no redirect.
     *
     * @param list<string> $headers lines such as `Accept: application/json`
     * @param float $seconds for all of it
     * @throws HttpFailure where no complete answer came in time
     */
    public function exchange(string $method, string $url, array $headers, string $body, float $seconds): HttpReply;
}
