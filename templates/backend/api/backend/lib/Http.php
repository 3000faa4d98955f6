<?php

declare(strict_types=1);

namespace Backend;

use Backend\Http\CurlTransport;
use Backend\Http\StreamTransport;
use Backend\Http\Transport;
use InvalidArgumentException;
use SensitiveParameter;

/**
 * A small HTTP client for the CRM's API and for your handlers: HTTPS only, with certificates checked, without
 * redirects, limited in time and size.
 *
 * A reply with any status is returned; `HttpFailure` is thrown only if there is no complete reply.
 */
final class Http
{
    private const SECONDS = 15.0;

    /** Host (a name, or an IPv6 address in brackets), port, path and query, in printable ASCII. */
    private const URL = '#\A(https?)://([A-Za-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?(?:/[!-~]*)?\z#';

    /** @param string $local the only URL allowed without TLS, http://127.0.0.1 with a port; '' for none */
    public function __construct(private readonly Transport $transport, private readonly string $local = '')
    {
    }

    /** Uses the curl extension, or PHP's streams without it. */
    public static function system(string $local = ''): self
    {
        return new self(extension_loaded('curl') ? new CurlTransport() : new StreamTransport(), $local);
    }

    /** @param array<string, string> $headers */
    public function get(string $url, #[SensitiveParameter] array $headers = [], float $seconds = self::SECONDS): HttpReply
    {
        return $this->send('GET', $url, $headers, '', $seconds);
    }

    /**
     * @param array<mixed> $body
     * @param array<string, string> $headers
     */
    public function postJson(
        string $url,
        #[SensitiveParameter] array $body,
        #[SensitiveParameter] array $headers = [],
        float $seconds = self::SECONDS,
    ): HttpReply {
        return $this->send('POST', $url, $headers + ['Content-Type' => 'application/json'], self::json($body), $seconds);
    }

    /**
     * @param array<string, string> $headers
     * @throws InvalidArgumentException if the URL or a header is not allowed
     * @throws HttpFailure if there is no complete reply in time
     */
    public function send(
        string $method,
        string $url,
        #[SensitiveParameter] array $headers = [],
        #[SensitiveParameter] string $body = '',
        float $seconds = self::SECONDS,
    ): HttpReply {
        $this->mustBeAllowed($url);
        $headers += ['Accept' => 'application/json', 'User-Agent' => 'kommo-widget-backend'];
        $lines = [];
        foreach ($headers as $name => $value) {
            // A line break in a value would begin another header.
            if (preg_match('/\A[A-Za-z0-9-]+: [ -~]*\z/', "$name: $value") !== 1) {
                throw new InvalidArgumentException("not a valid header: $name");
            }
            $lines[] = "$name: $value";
        }

        return $this->transport->exchange($method, $url, $lines, $body, $seconds);
    }

    /** @param array<mixed> $body */
    public static function json(#[SensitiveParameter] array $body): string
    {
        return json_encode($body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
    }

    private function mustBeAllowed(string $url): void
    {
        if (preg_match(self::URL, $url, $match) !== 1 || str_contains($url, '#')) {
            throw new InvalidArgumentException('not a valid URL');
        }
        $isLocal = $this->local !== '' && ($url === $this->local || str_starts_with($url, "$this->local/"));
        if ($match[1] !== 'https' && !$isLocal) {
            throw new InvalidArgumentException('HTTPS only');
        }
    }
}
