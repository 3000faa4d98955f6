<?php

declare(strict_types=1);

namespace Backend;

/** What came over the wire, not yet believed. */
final class Request
{
    /** An event is about 1 KB; the rest is room for long texts in the action's fields. */
    public const MAX_BYTES = 1024 * 1024;

    /**
     * @param array<mixed> $query
     * @param resource $body
     */
    public function __construct(
        public readonly string $method,
        public readonly array $query,
        private readonly int $announcedBytes,
        private readonly mixed $body,
    ) {
    }

    public static function received(): self
    {
        return new self(
            (string) ($_SERVER['REQUEST_METHOD'] ?? ''),
            $_GET,
            (int) ($_SERVER['CONTENT_LENGTH'] ?? 0),
            // Not $_POST: PHP drops what exceeds max_input_vars or post_max_size, and never fills it from JSON.
            fopen('php://input', 'rb'),
        );
    }

    public function mustBePost(): void
    {
        if ($this->method !== 'POST') {
            throw new Refusal(405, 'POST only', '', ['Allow: POST']);
        }
    }

    /** The body, read no further than the cap: a chunked request announces no length, others may lie. */
    public function body(): string
    {
        $tooLong = $this->announcedBytes > self::MAX_BYTES;
        $body = $tooLong ? '' : (string) stream_get_contents($this->body, self::MAX_BYTES + 1);
        if ($tooLong || strlen($body) > self::MAX_BYTES) {
            throw new Refusal(413, 'body too large');
        }

        return $body;
    }
}
