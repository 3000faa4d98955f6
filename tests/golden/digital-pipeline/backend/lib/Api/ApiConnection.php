<?php

declare(strict_types=1);

namespace Backend\Api;

use Backend\AccountHost;
use Backend\ApiError;
use Backend\Clock;
use Backend\Http;
use Backend\HttpFailure;
use Backend\HttpReply;
use Backend\Retry;

/**
 * Calls the API of one account, within the limits that the API sets.
 *
 * A call waits for its turn (7 a second), after a 429 waits as long as the reply says, after a 401 renews the token
 * once, and is not repeated after a 403. https://developers.kommo.com/docs/limitations
 */
final class ApiConnection
{
    /** Attempts of a call that is answered by 429. */
    private const ATTEMPTS = 3;

    /** The pause after a 429 that names none, and the longest pause to wait for here, in seconds. */
    private const USUAL_PAUSE = 1.0;
    private const LONGEST_PAUSE = 10.0;

    /** The pause after a 403 from a firewall, in seconds: more requests would make it worse. */
    private const BLOCKED_SECONDS = 600.0;

    /** @param string $address https://acme.kommo.com, or the URL of the fake API in development */
    public function __construct(
        public readonly AccountHost $host,
        public readonly string $address,
        private readonly Http $http,
        private readonly AccessTokens $tokens,
        private readonly Throttle $throttle,
        private readonly Clock $clock,
    ) {
    }

    public function accessToken(): string
    {
        return $this->tokens->current();
    }

    /**
     * @param string $path below /api/v4/, such as `leads/123`, or a whole path that begins with /api/
     * @param array<string, mixed> $query
     * @param array<mixed>|null $body
     * @return array<mixed> empty if the API returns nothing (204)
     * @throws Retry if a later attempt may succeed
     * @throws ApiError for any other refusal of the API
     */
    public function call(string $method, string $path, array $query = [], ?array $body = null): array
    {
        $url = $this->url($path, $query);
        $call = "$method $path";
        $token = $this->tokens->current();
        $reply = $this->patiently($method, $url, $token, $body, $call);
        if ($reply->status === 401) {
            $token = $this->tokens->renewed($token);
            $reply = $this->patiently($method, $url, $token, $body, $call);
        }

        return $this->result($reply, $call);
    }

    /** @param array<mixed>|null $body */
    private function patiently(string $method, string $url, string $token, ?array $body, string $call): HttpReply
    {
        for ($attempt = 1; ; $attempt++) {
            $reply = $this->send($method, $url, $token, $body, $call);
            if ($reply->status !== 429 || $attempt === self::ATTEMPTS) {
                return $reply;
            }
            $pause = $this->pauseOf($reply);
            $this->throttle->hold($pause); // for all processes; the next attempt waits there
            if ($pause > self::LONGEST_PAUSE) {
                return $reply;
            }
        }
    }

    /** @param array<mixed>|null $body */
    private function send(string $method, string $url, string $token, ?array $body, string $call): HttpReply
    {
        $headers = ['Authorization' => "Bearer $token"] + ($body === null ? [] : ['Content-Type' => 'application/json']);
        $this->throttle->wait();
        try {
            return $this->http->send($method, $url, $headers, $body === null ? '' : Http::json($body));
        } catch (HttpFailure $failure) {
            throw new Retry("$call: {$failure->getMessage()}");
        }
    }

    /** @return array<mixed> */
    private function result(HttpReply $reply, string $call): array
    {
        if ($reply->isSuccess()) {
            try {
                return $reply->json();
            } catch (HttpFailure $failure) {
                throw new Retry("$call: {$failure->getMessage()}");
            }
        }
        if ($reply->status === 403 && !str_contains($reply->header('Content-Type'), 'json')) {
            $this->throttle->hold(self::BLOCKED_SECONDS);
        }
        if ($reply->status === 429 || ($reply->status >= 500 && $reply->status !== 504)) {
            throw new Retry("$call: $reply->status", (int) ceil($this->pauseOf($reply)));
        }
        throw ApiError::from($reply, $call);
    }

    /** The pause in seconds, from Retry-After in either of its forms. */
    private function pauseOf(HttpReply $reply): float
    {
        $after = $reply->header('Retry-After');
        $isCount = preg_match('/\A[0-9]{1,6}\z/', $after) === 1;
        $seconds = $isCount ? (float) $after : (float) strtotime($after) - $this->clock->now();

        return $seconds > 0 ? $seconds : self::USUAL_PAUSE;
    }

    /** @param array<string, mixed> $query */
    private function url(string $path, array $query): string
    {
        $path = str_starts_with($path, '/api/') ? $path : "/api/v4/$path";
        // Whatever a handler puts into the path, it stays within this API: no "..", no other host, no query.
        if (preg_match('#\A(?:/[A-Za-z0-9_-]+)+\z#', $path) !== 1) {
            throw new ApiError(400, 'not a path of the API: ' . substr($path, 0, 100));
        }

        // With an explicit separator: php.ini may set another.
        return $this->address . $path . ($query === [] ? '' : '?' . http_build_query($query, '', '&', PHP_QUERY_RFC3986));
    }
}
