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
 * One call of the API of one account, with all that the API asks of its callers.
 *
 * A call waits for its turn (7 a second), waits as long as a 429 says, renews a refused token once (401), and stops at
 * a 403. https://developers.kommo.com/docs/limitations
 */
final class ApiConnection
{
    /** How often a call that gets 429 is made. */
    private const ATTEMPTS = 3;

    /** The wait that a 429 asks for where it names none, and the longest that is waited out here, in seconds. */
    private const USUAL_PAUSE = 1.0;
    private const LONGEST_PAUSE = 10.0;

    /** A 403 that no API wrote means that this server's address is shut out; asking on makes it worse. */
    private const SHUT_OUT_SECONDS = 600.0;

    /** @param string $address https://acme.kommo.com; in development the fake API's, wherever the account lives */
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
     * @param string $path below /api/v4/, such as `leads/123`; or from /api/ on
     * @param array<string, mixed> $query
     * @param array<mixed>|null $body
     * @return array<mixed> empty where the API has nothing to say (204)
     * @throws Retry where only time can help
     * @throws ApiError for any other refusal of the API
     */
    public function call(string $method, string $path, array $query = [], ?array $body = null): array
    {
        $url = $this->url($path, $query);
        $asked = "$method $path";
        $token = $this->tokens->current();
        $reply = $this->patiently($method, $url, $token, $body, $asked);
        if ($reply->status === 401) {
            $token = $this->tokens->renewed($token);
            $reply = $this->patiently($method, $url, $token, $body, $asked);
        }

        return $this->result($reply, $asked);
    }

    /** @param array<mixed>|null $body */
    private function patiently(string $method, string $url, string $token, ?array $body, string $asked): HttpReply
    {
        for ($attempt = 1; ; $attempt++) {
            $reply = $this->send($method, $url, $token, $body, $asked);
            if ($reply->status !== 429 || $attempt === self::ATTEMPTS) {
                return $reply;
            }
            $pause = $this->pauseOf($reply);
            $this->throttle->hold($pause); // for every process; the next attempt waits for its turn there
            if ($pause > self::LONGEST_PAUSE) {
                return $reply;
            }
        }
    }

    /** @param array<mixed>|null $body */
    private function send(string $method, string $url, string $token, ?array $body, string $asked): HttpReply
    {
        $headers = ['Authorization' => "Bearer $token"] + ($body === null ? [] : ['Content-Type' => 'application/json']);
        $this->throttle->wait();
        try {
            return $this->http->send($method, $url, $headers, $body === null ? '' : Http::json($body));
        } catch (HttpFailure $failure) {
            throw new Retry("$asked: {$failure->getMessage()}");
        }
    }

    /** @return array<mixed> */
    private function result(HttpReply $reply, string $asked): array
    {
        if ($reply->isSuccess()) {
            try {
                return $reply->json();
            } catch (HttpFailure $failure) {
                throw new Retry("$asked: {$failure->getMessage()}");
            }
        }
        if ($reply->status === 403 && !str_contains($reply->header('Content-Type'), 'json')) {
            $this->throttle->hold(self::SHUT_OUT_SECONDS);
        }
        if ($reply->status === 429 || ($reply->status >= 500 && $reply->status !== 504)) {
            throw new Retry("$asked: $reply->status", (int) ceil($this->pauseOf($reply)));
        }
        throw ApiError::from($reply, $asked);
    }

    /** Seconds to wait, from Retry-After in either of its forms. */
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
        // What a handler puts into a path stays a path of this API: no "..", no second address, no query.
        if (preg_match('#\A(?:/[A-Za-z0-9_-]+)+\z#', $path) !== 1) {
            throw new ApiError(400, 'not a path of the API: ' . substr($path, 0, 100));
        }

        // The separator is named: an ini setting may say another.
        return $this->address . $path . ($query === [] ? '' : '?' . http_build_query($query, '', '&', PHP_QUERY_RFC3986));
    }
}
