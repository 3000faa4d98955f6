<?php

declare(strict_types=1);

namespace Backend\OAuth;

use Backend\Fields;
use Backend\HttpFailure;
use SensitiveParameter;

/** The tokens that an account granted: an access token for a day and a refresh token for three months. */
final class GrantedTokens
{
    public function __construct(
        #[SensitiveParameter] public readonly string $access,
        #[SensitiveParameter] public readonly string $refresh,
        /** Unix seconds. */
        public readonly int $expiresAt,
    ) {
    }

    /**
     * @param array<mixed> $answer of /oauth2/access_token
     * @throws HttpFailure if it is not as documented
     */
    public static function from(#[SensitiveParameter] array $answer, int $now): self
    {
        $isToken = static fn (mixed $text): bool => is_string($text) && preg_match('/\A[!-~]{8,8192}\z/', $text) === 1;
        $seconds = Fields::positive($answer['expires_in'] ?? null);
        if (!$isToken($answer['access_token'] ?? null) || !$isToken($answer['refresh_token'] ?? null) || $seconds === null) {
            throw new HttpFailure('the reply contains no tokens');
        }

        return new self($answer['access_token'], $answer['refresh_token'], $now + $seconds);
    }

    public function toJson(): string
    {
        return json_encode([$this->access, $this->refresh, $this->expiresAt], JSON_THROW_ON_ERROR);
    }

    public static function fromJson(#[SensitiveParameter] string $json): self
    {
        return new self(...json_decode($json, true, 2, JSON_THROW_ON_ERROR));
    }
}
