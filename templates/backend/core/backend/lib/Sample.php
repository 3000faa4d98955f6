<?php

declare(strict_types=1);

namespace Backend;

use LogicException;
use SensitiveParameter;

/**
 * A sample request of the platform from samples/*.json: for the tests, the preview, and to try an endpoint by hand.
 *
 * `form` is the body, `query` the query string. `token` has the claims of the signed token, its algorithm and its place
 * in the request; times are added when it is made. `signature` is the HMAC-SHA256 of parameters joined by `|`.
 * `settings` names the parameters whose values are settings of this server.
 */
final class Sample
{
    private const DIGESTS = ['HS256' => 'sha256', 'HS512' => 'sha512'];

    /** The lifetime of the platform's own tokens. */
    private const TOKEN_SECONDS = 1800;

    /** @param array<string, mixed> $sample */
    private function __construct(private readonly array $sample)
    {
    }

    public static function read(string $backend, string $name): self
    {
        $file = "$backend/samples/$name.json";
        if (preg_match('/\A\w+\z/', $name) !== 1 || !is_file($file)) {
            throw new LogicException("there is no samples/$name.json");
        }

        return new self(json_decode((string) file_get_contents($file), true, 32, JSON_THROW_ON_ERROR));
    }

    public function needsToken(): bool
    {
        return isset($this->sample['token']);
    }

    /** The name of the setting with the key of its token or signature; '' if it is not signed. */
    public function setting(): string
    {
        return $this->sample['token']['setting'] ?? $this->sample['signature']['setting'] ?? '';
    }

    /**
     * Returns the sample with the parameters that come from settings, and with its signature.
     *
     * @param callable(string): string $setting returns the value of a setting, or ''
     */
    public function with(callable $setting): self
    {
        $sample = $this->sample;
        foreach ($sample['settings'] ?? [] as $parameter => $name) {
            $sample['query'][$parameter] = $setting($name) ?: $sample['query'][$parameter] ?? '';
        }
        $signature = $sample['signature'] ?? null;
        if ($signature !== null) {
            $over = array_map(static fn (string $name): string => $sample['query'][$name] ?? '', $signature['over']);
            $sample['query'][$signature['name']] = hash_hmac('sha256', implode('|', $over), $setting($signature['setting']));
        }

        return new self($sample);
    }

    public function algorithm(): string
    {
        return $this->sample['token']['algorithm'] ?? '';
    }

    /** A new token with the sample's claims; '' if the sample has none. */
    public function token(#[SensitiveParameter] string $secret, int $now): string
    {
        if (!$this->needsToken()) {
            return '';
        }
        $times = ['iat' => $now, 'nbf' => $now, 'exp' => $now + self::TOKEN_SECONDS];
        $claims = $this->sample['token']['claims'] + ['jti' => bin2hex(random_bytes(16))] + $times;
        $signed = self::encoded(['typ' => 'JWT', 'alg' => $this->algorithm()]) . '.' . self::encoded($claims);
        $signature = hash_hmac(self::DIGESTS[$this->algorithm()], $signed, $secret, true);

        return "$signed." . Base64Url::encode($signature);
    }

    /** @return array<string, mixed> the fields of the body, with the token if it belongs there */
    public function form(string $token = ''): array
    {
        return $this->part('form', $token);
    }

    /** @return array<string, mixed> the query parameters, with the token if it belongs there */
    public function query(string $token = ''): array
    {
        return $this->part('query', $token);
    }

    /** @return array<string, mixed> headers by name, with the token if it belongs there */
    public function headers(string $token = ''): array
    {
        return $this->part('header', $token);
    }

    /** @return array<string, mixed> */
    private function part(string $name, string $token): array
    {
        $isHere = $token !== '' && ($this->sample['token']['in'] ?? '') === $name;

        return ($isHere ? [$this->sample['token']['name'] => $token] : []) + ($this->sample[$name] ?? []);
    }

    /** @param array<string, mixed> $part */
    private static function encoded(array $part): string
    {
        return Base64Url::encode(json_encode($part, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR));
    }
}
