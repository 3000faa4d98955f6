<?php

declare(strict_types=1);

namespace Backend\Http;

use Backend\HttpFailure;
use Backend\HttpReply;
use CurlHandle;

/** Sends requests with the curl extension. */
final class CurlTransport implements Transport
{
    public function exchange(string $method, string $url, array $headers, string $body, float $seconds): HttpReply
    {
        $lines = [];
        $headerBytes = 0;
        $received = '';
        $curl = curl_init();
        curl_setopt_array($curl, self::options($method, $url, $headers, $body, $seconds) + [
            // Returning another length than it was given aborts the transfer.
            CURLOPT_HEADERFUNCTION => static function (CurlHandle $_, string $line) use (&$lines, &$headerBytes): int {
                $lines[] = $line;
                $headerBytes += strlen($line);

                return $headerBytes <= self::MAX_HEADER_BYTES ? strlen($line) : 0;
            },
            CURLOPT_WRITEFUNCTION => static function (CurlHandle $_, string $part) use (&$received): int {
                $received .= $part;

                return strlen($received) <= self::MAX_BYTES ? strlen($part) : 0;
            },
        ]);
        if (curl_exec($curl) === false) {
            throw new HttpFailure('curl: ' . curl_error($curl));
        }

        return HttpReply::from(array_values(array_filter($lines, static fn ($line) => trim($line) !== '')), $received);
    }

    /**
     * @param list<string> $headers
     * @return array<int, mixed>
     */
    private static function options(string $method, string $url, array $headers, string $body, float $seconds): array
    {
        $isPlain = str_starts_with($url, 'http://');

        return [
            CURLOPT_URL => $url,
            CURLOPT_CUSTOMREQUEST => $method,
            // Otherwise curl would wait a second for "100 Continue", which few servers send.
            CURLOPT_HTTPHEADER => [...$headers, 'Expect:'],
            CURLOPT_PROTOCOLS => $isPlain ? CURLPROTO_HTTP : CURLPROTO_HTTPS,
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_SSL_VERIFYPEER => true,
            CURLOPT_SSL_VERIFYHOST => 2,
            CURLOPT_SSLVERSION => CURL_SSLVERSION_TLSv1_2,
            CURLOPT_CONNECTTIMEOUT_MS => (int) (1000 * min($seconds, self::CONNECT_SECONDS)),
            CURLOPT_TIMEOUT_MS => (int) (1000 * $seconds),
            CURLOPT_NOSIGNAL => true,
        ] + ($body === '' ? [] : [CURLOPT_POSTFIELDS => $body]) + ($isPlain ? [CURLOPT_PROXY => ''] : []);
    }
}
