<?php

declare(strict_types=1);

namespace Backend;

/** What came over the wire, not yet believed. */
final class Request
{
    /** An event is about 1 KB; the rest is room for long texts in the action's fields. */
    public const MAX_BYTES = 1024 * 1024;

    /** @var array<string, string> by lower-case name */
    private readonly array $headers;

    /**
     * @param array<mixed> $query
     * @param resource $body
     * @param array<string, string> $headers
     * @param string $path what follows the endpoint's name in the address: `/rest` of `/card.php/rest`
     */
    public function __construct(
        public readonly string $method,
        public readonly array $query,
        private readonly int $announcedBytes,
        private readonly mixed $body,
        array $headers = [],
        public readonly string $path = '',
    ) {
        $this->headers = array_change_key_case($headers);
    }

    public static function received(): self
    {
        $headers = [];
        foreach ($_SERVER as $name => $value) {
            $isHeader = str_starts_with((string) $name, 'HTTP_') || $name === 'CONTENT_TYPE';
            if ($isHeader && is_string($value)) {
                $headers[str_replace('_', '-', preg_replace('/\AHTTP_/', '', $name))] = $value;
            }
        }

        return new self(
            (string) ($_SERVER['REQUEST_METHOD'] ?? ''),
            $_GET,
            (int) ($_SERVER['CONTENT_LENGTH'] ?? 0),
            // Not $_POST: PHP drops what exceeds max_input_vars or post_max_size, and never fills it from JSON.
            fopen('php://input', 'rb'),
            $headers,
            (string) ($_SERVER['PATH_INFO'] ?? ''),
        );
    }

    /** A request header; '' where it was not sent. */
    public function header(string $name): string
    {
        return $this->headers[strtolower($name)] ?? '';
    }

    /** A parameter of the address as text; '' where it is absent or not a text. */
    public function parameter(string $name): string
    {
        $value = $this->query[$name] ?? '';

        return is_string($value) ? $value : '';
    }

    public function mustBe(string ...$methods): void
    {
        if (!in_array($this->method, $methods, true)) {
            $allowed = implode(', ', $methods);
            throw new Refusal(405, "$allowed only", '', ["Allow: $allowed"]);
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

    /** The fields of a body that was read, as a form or as JSON. */
    public function fields(string $body): Fields
    {
        $this->mustBeReadable();

        return new Fields(Body::parse($body));
    }

    /** Says why a body cannot be read, where its headers tell. */
    public function mustBeReadable(): void
    {
        // PHP keeps a multipart body to itself, so there may be nothing left to look at.
        if (stripos(ltrim($this->header('Content-Type')), 'multipart/') === 0) {
            throw new Refusal(415, 'multipart is not read: send application/x-www-form-urlencoded or JSON');
        }
        if (!in_array(strtolower(trim($this->header('Content-Encoding'))), ['', 'identity'], true)) {
            throw new Refusal(415, 'a compressed body is not read: send it without Content-Encoding');
        }
    }
}
