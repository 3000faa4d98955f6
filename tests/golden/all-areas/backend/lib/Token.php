<?php

declare(strict_types=1);

namespace Backend;

use JsonException;
use SensitiveParameter;

/**
 * A signed token (JWT) that the CRM sends with a request: it names the account and the user.
 *
 * Tokens of widgets (header X-Auth-Token, and `token` of SMS and mobile requests) are signed with HS256, those of
 * Salesbot with HS512; the key is the integration's secret. The endpoint names the algorithm it expects; the token's
 * own header never chooses it.
 *
 * A token is valid for half an hour, and the page reuses it for 25 minutes, so `jti` is not a single-use key.
 * https://developers.kommo.com/docs/one-time-tokens
 */
final class Token
{
    public const WIDGET = 'HS256';
    public const SALESBOT = 'HS512';

    private const DIGESTS = [self::WIDGET => 'sha256', self::SALESBOT => 'sha512'];

    /** The platform's tokens have about 700. */
    private const MAX_BYTES = 8192;

    private const MAX_DEPTH = 8;

    /** How far the clocks of the CRM and of this server may differ, in seconds. */
    private const LEEWAY = 60;

    /** @param array<string, mixed> $claims */
    private function __construct(
        public readonly int $accountId,
        public readonly AccountHost $host,
        /** Null in tokens of Salesbot. */
        public readonly ?int $userId,
        /** `lead`, `contact`, ...; only in tokens of Salesbot and of the mobile card. */
        public readonly ?string $entityType,
        public readonly ?int $entityId,
        /** All claims. */
        public readonly array $claims,
    ) {
    }

    /**
     * @param callable(int, AccountHost): ?string $secretOf returns the secret of an account; null if it is unknown
     * @param int $now Unix seconds
     */
    public static function verify(
        #[SensitiveParameter] string $jwt,
        string $algorithm,
        callable $secretOf,
        int $now,
    ): self {
        [$header, $payload, $signature] = self::parts($jwt);
        self::mustBeHeader(self::json($header), $algorithm);
        $claims = self::json($payload);
        // Not verified yet: these two only select the secret.
        $account = Fields::positive($claims['account_id'] ?? null) ?? throw self::invalid('account_id is not an id');
        $host = AccountHost::ofAddress($claims['iss'] ?? null) ?? throw self::invalid('iss is not the URL of an account');
        $secret = $secretOf($account, $host) ?? throw self::invalid("account $account at $host->name is not known");
        self::mustBeSigned("$header.$payload", $signature, $algorithm, $secret);
        self::mustBeInTime($claims, $now);

        return self::of($account, $host, $claims);
    }

    /**
     * Checks the audience of a widget's token: `aud` is the scheme and host of the integration's redirect URI, perhaps
     * with its port. For tokens of Salesbot nothing is documented.
     *
     * @param string $redirectUri '' if the integration has none
     */
    public function mustBeFor(string $redirectUri): void
    {
        if (preg_match('~\A(https?://[^/:?#]+)(:[0-9]+)?~', $redirectUri, $base) !== 1) {
            return;
        }
        $audience = (array) ($this->claims['aud'] ?? []);
        $isOurs = array_intersect([$base[1], $base[0]], array_filter($audience, is_string(...))) !== [];
        // A string or a list of strings (RFC 7519, section 4.1.3), never an object.
        if (!array_is_list($audience) || !$isOurs) {
            throw self::invalid("aud is not $base[0]");
        }
    }

    /** @param array<string, mixed> $claims */
    private static function of(int $account, AccountHost $host, array $claims): self
    {
        $data = is_array($claims['data'] ?? null) ? $claims['data'] : [];
        $type = $claims['entity_type'] ?? $data['entity_type'] ?? null;

        return new self(
            $account,
            $host,
            Fields::positive($claims['user_id'] ?? null),
            is_string($type) && preg_match('/\A[a-z_]{1,32}\z/', $type) === 1 ? $type : null,
            Fields::positive($claims['entity_id'] ?? $data['entity_id'] ?? null),
            $claims,
        );
    }

    /** @return array{string, string, string} header, payload and signature, still encoded */
    private static function parts(#[SensitiveParameter] string $jwt): array
    {
        $parts = strlen($jwt) <= self::MAX_BYTES ? explode('.', $jwt) : [];

        return count($parts) === 3 ? $parts : throw self::invalid('not three parts, or too long');
    }

    /** @return array<string, mixed> */
    private static function json(string $encoded): array
    {
        $text = Base64Url::decode($encoded) ?? throw self::invalid('not base64url');
        try {
            $values = json_decode($text, true, self::MAX_DEPTH, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR);
        } catch (JsonException) {
            throw self::invalid('not JSON');
        }

        return is_array($values) && ($text[0] ?? '') === '{' ? $values : throw self::invalid('not an object');
    }

    /** @param array<string, mixed> $header */
    private static function mustBeHeader(array $header, string $algorithm): void
    {
        if (($header['alg'] ?? null) !== $algorithm) {
            throw self::invalid("alg is not $algorithm");
        }
        // Names extensions that must be supported (RFC 7515, section 4.1.11); none is.
        if (array_key_exists('crit', $header)) {
            throw self::invalid('crit');
        }
    }

    private static function mustBeSigned(
        string $signed,
        string $signature,
        string $algorithm,
        #[SensitiveParameter] string $secret,
    ): void {
        if ($secret === '') {
            throw Refusal::unavailable('the integration\'s secret is not set, see backend/config.example.php');
        }
        $expected = hash_hmac(self::DIGESTS[$algorithm], $signed, $secret, true);
        if (!hash_equals($expected, Base64Url::decode($signature) ?? '')) {
            throw self::invalid('wrong signature');
        }
    }

    /** @param array<string, mixed> $claims */
    private static function mustBeInTime(array $claims, int $now): void
    {
        if (self::time($claims, 'exp') <= $now - self::LEEWAY) {
            throw new Refusal(401, 'token expired', '', [], 'token_expired');
        }
        foreach (['nbf', 'iat'] as $name) {
            if (isset($claims[$name]) && self::time($claims, $name) > $now + self::LEEWAY) {
                throw self::invalid("$name is in the future: is the clock of this server right?");
            }
        }
    }

    /** @param array<string, mixed> $claims */
    private static function time(array $claims, string $name): int|float
    {
        $value = $claims[$name] ?? null;
        // Fractions occur; 1e999 would be infinite, and such a token would never expire.
        if (!is_int($value) && !(is_float($value) && is_finite($value))) {
            throw self::invalid("$name is not a time");
        }

        return $value;
    }

    private static function invalid(string $why): Refusal
    {
        return new Refusal(401, 'invalid token', $why, [], 'invalid_token');
    }
}
