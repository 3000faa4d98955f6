<?php

declare(strict_types=1);

namespace Backend;

/**
 * The access token of an account that installed the widget; refreshed when it has run out.
 *
 * Of any number of processes that find it run out, one refreshes, under a lock, and the others take what it got. A
 * refresh token works once. Yet while the new one has not been used the old one still does, so a refresh whose answer
 * got lost is simply asked for again. https://developers.kommo.com/docs/oauth-20
 */
final class OAuthTokens implements AccessTokens
{
    /** A token that ends within this is renewed before it is used, in seconds. */
    private const MARGIN = 60;

    /** After a refusal of every refresh token nothing is asked for this long. */
    private const REST_SECONDS = 300;

    private const ATTEMPTS = 3;

    public function __construct(
        private readonly int $account,
        private readonly TokenStore $store,
        private readonly OAuthClient $client,
        private readonly string $lockFile,
        private readonly Clock $clock,
    ) {
    }

    public function current(): string
    {
        $tokens = $this->stored();

        return $this->isFresh($tokens) ? $tokens->granted->access : $this->renewed($tokens->granted->access);
    }

    public function renewed(string $refused): string
    {
        return FileLock::hold($this->lockFile, function () use ($refused): string {
            $tokens = $this->stored();
            if ($tokens->granted->access !== $refused && $this->isFresh($tokens)) {
                return $tokens->granted->access; // another process was faster
            }

            return $this->refresh($tokens);
        });
    }

    private function stored(): StoredTokens
    {
        return $this->store->find($this->account)
            ?? throw new ApiError(401, "account $this->account has not installed the widget");
    }

    private function isFresh(StoredTokens $tokens): bool
    {
        return $tokens->granted->expiresAt > $this->clock->now() + self::MARGIN;
    }

    private function refresh(StoredTokens $tokens): string
    {
        $now = (int) $this->clock->now();
        if ($tokens->refusedAt !== null && $tokens->refusedAt > $now - self::REST_SECONDS) {
            throw self::refused($tokens, 'refused just now');
        }
        $why = '';
        foreach ($tokens->refreshTokens() as $refreshToken) {
            try {
                $granted = $this->insistently($tokens->host, $refreshToken);
            } catch (ApiError $error) {
                $why = $error->getMessage();
                continue;
            }
            $isKept = $this->store->replace($tokens, $refreshToken, $granted, $now);

            // Not kept: the widget was installed anew meanwhile, or uninstalled.
            return $isKept ? $granted->access : $this->stored()->granted->access;
        }
        $this->store->refuse($tokens, $now);
        throw self::refused($tokens, $why);
    }

    private function insistently(AccountHost $host, string $refreshToken): GrantedTokens
    {
        for ($attempt = 1; ; $attempt++) {
            try {
                return $this->client->refresh($host, $refreshToken);
            } catch (HttpFailure $failure) {
                if ($attempt === self::ATTEMPTS) {
                    throw new Retry("refresh_token at $host->name: {$failure->getMessage()}");
                }
            }
        }
    }

    private static function refused(StoredTokens $tokens, string $why): ApiError
    {
        $host = $tokens->host->name;

        return new ApiError(401, "$host takes no refresh token: the widget has to be installed there again ($why)");
    }
}
