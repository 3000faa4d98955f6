<?php

declare(strict_types=1);

namespace Backend;

use SensitiveParameter;

/**
 * This integration, as an account's OAuth server knows it. https://developers.kommo.com/reference/get-token
 *
 * Its requests carry the client secret, so they go to an `AccountHost` and nowhere else.
 */
final class OAuthClient
{
    public function __construct(
        private readonly Http $http,
        private readonly string $clientId,
        #[SensitiveParameter] private readonly string $secret,
        private readonly string $redirectUri,
        private readonly Clock $clock,
        private readonly string $local = '',
    ) {
    }

    /** @throws ApiError|HttpFailure|Retry as `grant` */
    public function exchange(AccountHost $host, #[SensitiveParameter] string $code): GrantedTokens
    {
        return $this->grant($host, ['grant_type' => 'authorization_code', 'code' => $code]);
    }

    /** @throws ApiError|HttpFailure|Retry as `grant` */
    public function refresh(AccountHost $host, #[SensitiveParameter] string $refreshToken): GrantedTokens
    {
        return $this->grant($host, ['grant_type' => 'refresh_token', 'refresh_token' => $refreshToken]);
    }

    /**
     * The account that tokens are for, from its own API: for access tokens that do not say.
     *
     * @throws ApiError|HttpFailure|Retry as `grant`
     */
    public function account(AccountHost $host, GrantedTokens $tokens): int
    {
        $headers = ['Authorization' => "Bearer $tokens->access"];
        $reply = $this->http->get($this->address($host) . '/api/v4/account', $headers);
        $answer = self::answer($reply, "account at $host->name");

        return Fields::positive($answer['id'] ?? null) ?? throw new HttpFailure('the answer holds no account');
    }

    /**
     * @param array<string, string> $grant
     * @throws ApiError where the server says no: what was sent is not good, or not good any more
     * @throws Retry where the server has no time, or is out of order
     * @throws HttpFailure where its answer did not arrive; what was sent is then still good
     */
    private function grant(AccountHost $host, #[SensitiveParameter] array $grant): GrantedTokens
    {
        $reply = $this->http->postJson($this->address($host) . '/oauth2/access_token', $grant + [
            'client_id' => $this->clientId,
            'client_secret' => $this->secret,
            'redirect_uri' => $this->redirectUri,
        ]);

        return GrantedTokens::from(self::answer($reply, "{$grant['grant_type']} at $host->name"), (int) $this->clock->now());
    }

    private function address(AccountHost $host): string
    {
        return $this->local === '' ? $host->address() : $this->local;
    }

    /** @return array<mixed> */
    private static function answer(HttpReply $reply, string $asked): array
    {
        if ($reply->status === 429 || $reply->status >= 500) {
            throw new Retry("$asked: $reply->status");
        }

        return $reply->isSuccess() ? $reply->json() : throw ApiError::from($reply, $asked);
    }
}
