<?php

declare(strict_types=1);

namespace Backend;

/** The answer: a status and a line of JSON, complete for the caller while this process may work on. */
final class Reply
{
    /**
     * @param array<string, mixed> $body
     * @param list<string> $headers
     */
    public static function send(int $status, array $body, array $headers = []): void
    {
        $json = json_encode($body, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR) . "\n";
        ignore_user_abort(true);
        // Compression would change the length that is announced, and hold the answer back.
        ini_set('zlib.output_compression', '0');

        http_response_code($status);
        header_remove('X-Powered-By');
        header('Content-Type: application/json');
        header('Content-Length: ' . strlen($json));
        header('Cache-Control: no-store');
        header('X-Content-Type-Options: nosniff');
        array_map(header(...), $headers);

        self::finish($json);
    }

    /** Lets the caller go: FastCGI has a call for it, elsewhere the announced length tells where the answer ends. */
    private static function finish(string $json): void
    {
        if (function_exists('fastcgi_finish_request')) {
            echo $json;
            fastcgi_finish_request();

            return;
        }
        header('Connection: close');
        echo $json;
        while (ob_get_level() > 0) {
            ob_end_flush();
        }
        flush();
    }
}
