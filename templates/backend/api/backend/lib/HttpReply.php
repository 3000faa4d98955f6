<?php

declare(strict_types=1);

namespace Backend;

use JsonException;

/** The reply of another server. */
final class HttpReply
{
    /** A lead with everything on it has about 4 levels. */
    private const MAX_DEPTH = 64;

    /** @param array<string, string> $headers by lower-case name; the last one if a header is repeated */
    public function __construct(
        public readonly int $status,
        public readonly array $headers,
        public readonly string $body,
    ) {
    }

    public function header(string $name): string
    {
        return $this->headers[strtolower($name)] ?? '';
    }

    public function isSuccess(): bool
    {
        return $this->status >= 200 && $this->status < 300;
    }

    /**
     * The body as JSON; an empty body (204) is an empty array.
     *
     * @return array<mixed>
     * @throws HttpFailure if it is something else, or was cut off
     */
    public function json(): array
    {
        if (trim($this->body) === '') {
            return [];
        }
        try {
            $values = json_decode($this->body, true, self::MAX_DEPTH, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            throw new HttpFailure('the reply is not JSON');
        }

        return is_array($values) ? $values : throw new HttpFailure('the reply is not a JSON object');
    }

    /**
     * Parses the header lines; of several replies in a row (100 Continue, a proxy's) the last counts.
     *
     * @param list<string> $lines
     * @throws HttpFailure if there is no status line
     */
    public static function from(array $lines, string $body): self
    {
        $status = 0;
        $headers = [];
        foreach ($lines as $line) {
            if (preg_match('#\AHTTP/[0-9.]+ ([1-5][0-9]{2})(?: |\z)#', trim($line), $match) === 1) {
                [$status, $headers] = [(int) $match[1], []];
                continue;
            }
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $headers[strtolower(trim($name))] = trim($value);
        }
        if ($status < 200) {
            throw new HttpFailure('the reply is not HTTP');
        }

        return new self($status, $headers, $body);
    }
}
