<?php

declare(strict_types=1);

namespace Backend;

/** A request as it was received, not checked yet. */
final class Request
{
    /** An event has about 1 KB; fields of an action may contain long texts. */
    public const MAX_BYTES = 1024 * 1024;

    /** @var array<string, string> by lower-case name */
    private readonly array $headers;

    /**
     * @param array<mixed> $query
     * @param resource $body
     * @param array<string, string> $headers
     * @param string $path what follows the endpoint's name in the URL: `/rest` in `/card.php/rest`
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
            // Not $_POST, which drops what exceeds max_input_vars or post_max_size and ignores JSON.
            fopen('php://input', 'rb'),
            $headers,
            (string) ($_SERVER['PATH_INFO'] ?? ''),
        );
    }

    /** A request header; '' if it was not sent. */
    public function header(string $name): string
    {
        return $this->headers[strtolower($name)] ?? '';
    }

    /** A parameter of the query string; '' if it is absent or an array. */
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

    /** The body. It is read only up to the limit, since the announced length may be absent or wrong. */
    public function body(): string
    {
        $tooLong = $this->announcedBytes > self::MAX_BYTES;
        $body = $tooLong ? '' : (string) stream_get_contents($this->body, self::MAX_BYTES + 1);
        if ($tooLong || strlen($body) > self::MAX_BYTES) {
            throw new Refusal(413, 'body too large');
        }

        return $body;
    }

    /** The fields of a body, which is a form or JSON. */
    public function fields(string $body): Fields
    {
        $this->mustBeReadable();

        return new Fields(Body::parse($body));
    }

    /** @throws Refusal if the headers announce a body that cannot be read */
    public function mustBeReadable(): void
    {
        // PHP parses a multipart body itself and may leave nothing to read.
        if (stripos(ltrim($this->header('Content-Type')), 'multipart/') === 0) {
            throw new Refusal(415, 'multipart is not supported: send application/x-www-form-urlencoded or JSON');
        }
        if (!in_array(strtolower(trim($this->header('Content-Encoding'))), ['', 'identity'], true)) {
            throw new Refusal(415, 'compressed bodies are not supported: send it without Content-Encoding');
        }
    }
}
