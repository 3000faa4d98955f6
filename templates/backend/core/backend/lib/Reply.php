<?php

declare(strict_types=1);

namespace Backend;

use Closure;
use Throwable;

/** A reply. Once it is sent, the caller has all of it, and this process may go on working. */
final class Reply
{
    /** @param list<string> $headers */
    private function __construct(
        public readonly int $status,
        public readonly string $body,
        public readonly array $headers,
        /** What to do once the caller has the reply. */
        public readonly ?Closure $after = null,
    ) {
    }

    /** @param array<mixed> $body */
    public static function json(array $body, int $status = 200): self
    {
        $flags = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR;

        return new self($status, json_encode($body, $flags) . "\n", ['Content-Type: application/json']);
    }

    public static function html(string $page, int $status = 200): self
    {
        return new self($status, $page, ['Content-Type: text/html; charset=utf-8']);
    }

    /** A reply without a body. */
    public static function nothing(int $status = 204): self
    {
        return new self($status, '', []);
    }

    /** Refuses, and logs the reason. Anything but a `Refusal` is an error of this server. */
    public static function refusal(Throwable $error, string $endpoint): self
    {
        $refusal = $error instanceof Refusal ? $error : Refusal::unavailable((string) $error);
        Log::write($endpoint, "refused with $refusal->status", ['why' => $refusal->getMessage()]);

        $body = ['error' => $refusal->reason, 'code' => $refusal->key];

        return self::json($body, $refusal->status)->with(...$refusal->headers);
    }

    /** Returns the reply with further response headers. */
    public function with(string ...$headers): self
    {
        return new self($this->status, $this->body, [...$this->headers, ...array_values($headers)], $this->after);
    }

    /** Returns the reply with work to do once the caller has it. */
    public function then(Closure $after): self
    {
        return new self($this->status, $this->body, $this->headers, $after);
    }

    public function send(): void
    {
        ignore_user_abort(true);
        // Compression would change the announced length and delay the reply.
        ini_set('zlib.output_compression', '0');
        if (function_exists('apache_setenv')) {
            apache_setenv('no-gzip', '1');
        }

        http_response_code($this->status);
        header_remove('X-Powered-By');
        header('Cache-Control: no-store');
        header('X-Content-Type-Options: nosniff');
        array_map(header(...), $this->headers);
        if ($this->status !== 204) {
            header('Content-Length: ' . strlen($this->body));
        }

        $this->finish();
    }

    /** Ends the reply: FastCGI and LiteSpeed have a function for it; elsewhere the announced length ends it. */
    private function finish(): void
    {
        foreach (['fastcgi_finish_request', 'litespeed_finish_request'] as $finish) {
            if (function_exists($finish)) {
                echo $this->body;
                $finish();

                return;
            }
        }
        header('Connection: close');
        echo $this->body;
        while (ob_get_level() > 0) {
            ob_end_flush();
        }
        flush();
    }
}
