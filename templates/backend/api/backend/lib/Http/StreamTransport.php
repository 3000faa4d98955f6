<?php

declare(strict_types=1);

namespace Backend\Http;

use Backend\Fields;
use Backend\HttpFailure;
use Backend\HttpReply;

/** Sends requests with PHP's streams, if there is no curl extension. */
final class StreamTransport implements Transport
{
    private const PART_BYTES = 65536;

    public function exchange(string $method, string $url, array $headers, string $body, float $seconds): HttpReply
    {
        if (!filter_var(ini_get('allow_url_fopen'), FILTER_VALIDATE_BOOL)) {
            throw new HttpFailure('PHP has neither the curl extension nor allow_url_fopen');
        }
        $until = microtime(true) + $seconds;
        error_clear_last();
        // Silenced: the warning would contain the URL, and the exception says the rest.
        $stream = @fopen($url, 'rb', false, self::context($method, $headers, $body, $seconds));
        if ($stream === false) {
            throw new HttpFailure('streams: ' . preg_replace('/\A.*?: /', '', error_get_last()['message'] ?? 'no reply'));
        }
        try {
            $lines = stream_get_meta_data($stream)['wrapper_data'] ?? [];
            if (strlen(implode($lines)) > self::MAX_HEADER_BYTES) {
                throw new HttpFailure('streams: the headers of the reply are too long');
            }

            return self::whole(HttpReply::from($lines, self::read($stream, $until)), $method);
        } finally {
            fclose($stream);
        }
    }

    /**
     * @param list<string> $headers
     * @return resource
     */
    private static function context(string $method, array $headers, string $body, float $seconds): mixed
    {
        return stream_context_create([
            'http' => [
                'method' => $method,
                'header' => [...$headers, 'Connection: close'],
                'content' => $body,
                'protocol_version' => 1.1,
                'timeout' => $seconds,
                'ignore_errors' => true,
                'follow_location' => 0,
            ],
            'ssl' => [
                'verify_peer' => true,
                'verify_peer_name' => true,
                'allow_self_signed' => false,
                'crypto_method' => STREAM_CRYPTO_METHOD_TLSv1_2_CLIENT | STREAM_CRYPTO_METHOD_TLSv1_3_CLIENT,
            ],
        ]);
    }

    /** @param resource $stream */
    private static function read(mixed $stream, float $until): string
    {
        $body = '';
        while (!feof($stream)) {
            $left = $until - microtime(true);
            if ($left <= 0) {
                throw new HttpFailure('streams: the reply took too long');
            }
            stream_set_timeout($stream, (int) $left, (int) (fmod($left, 1) * 1_000_000));
            $body .= (string) @fread($stream, self::PART_BYTES);
            if (strlen($body) > self::MAX_BYTES) {
                throw new HttpFailure('streams: the reply is too long');
            }
            if (stream_get_meta_data($stream)['timed_out']) {
                throw new HttpFailure('streams: the reply took too long');
            }
        }

        return $body;
    }

    /** Checks the announced length, which streams do not. */
    private static function whole(HttpReply $reply, string $method): HttpReply
    {
        $announced = Fields::positive($reply->header('Content-Length'));
        if ($announced !== null && $method !== 'HEAD' && strlen($reply->body) < $announced) {
            throw new HttpFailure('streams: the reply was cut off');
        }

        return $reply;
    }
}
