<?php

declare(strict_types=1);

namespace Backend;

use Backend\Http\CurlTransport;
use Backend\Http\StreamTransport;
use Backend\Http\Transport;
use InvalidArgumentException;
use SensitiveParameter;

/**
 * A small HTTP client: https only, certificates checked, no redirects, bounded in time and size.
 *
 * It serves the CRM's API and your handlers alike. An answer of any status is an answer; only where none came whole,
 * `HttpFailure` is thrown.
 */
final class Http
{
    private const SECONDS = 15.0;

    /** Host (a name, or an IPv6 address in brackets) and port; then path and query, in printable ASCII. */
    private const URL = '#\A(https?)://([A-Za-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?(?:/[!-~]*)?\z#';

    /** @param string $local the one address that plain http may go to: http://127.0.0.1 with a port; '' for none */
    public function __construct(private readonly Transport $transport, private readonly string $local = '')
    {
    }

    /** With the curl extension where PHP has it, else with PHP's streams. */
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
     * @throws InvalidArgumentException where the address or a header is not what may be sent
     * @throws HttpFailure where no complete answer came in time
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
            // A line break in a value would start a header of its own.
            if (preg_match('/\A[A-Za-z0-9-]+: [ -~]*\z/', "$name: $value") !== 1) {
                throw new InvalidArgumentException("not a header that can be sent: $name");
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
            throw new InvalidArgumentException('not an address that can be asked');
        }
        $isLocal = $this->local !== '' && ($url === $this->local || str_starts_with($url, "$this->local/"));
        if ($match[1] !== 'https' && !$isLocal) {
            throw new InvalidArgumentException('https only');
        }
    }
}
