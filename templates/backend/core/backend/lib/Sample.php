<?php

declare(strict_types=1);

namespace Backend;

use LogicException;
use SensitiveParameter;

/**
 * One of samples/*.json: a request as the platform would send it, for the tests, for the preview and for trying an
 * endpoint by hand.
 *
 * `form` is its body, `query` its address's parameters. `token` says what a signed token has to claim, by which
 * algorithm it is signed and where it goes; the times in it are those of its making. `signature` is the HMAC-SHA256 of
 * parameters, joined by `|`, and `settings` says which parameters are set to what this server has.
 */
final class Sample
{
    private const DIGESTS = ['HS256' => 'sha256', 'HS512' => 'sha512'];

    /** As long as the platform's own tokens live. */
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

    /** The name of the setting that holds the key to its token or its signature; '' where nothing signs it. */
    public function setting(): string
    {
        return $this->sample['token']['setting'] ?? $this->sample['signature']['setting'] ?? '';
    }

    /**
     * The same with the parameters that come from settings, and with its signature.
     *
     * @param callable(string): string $setting the value of a setting; '' where it is not set
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

    /** A token with the sample's claims, made now; '' where the sample has none. */
    public function token(#[SensitiveParameter] string $secret, int $now): string
    {
        if (!$this->needsToken()) {
            return '';
        }
        $times = ['iat' => $now, 'nbf' => $now, 'exp' => $now + self::TOKEN_SECONDS];
        $claims = $this->sample['token']['claims'] + ['jti' => bin2hex(random_bytes(16))] + $times;
        $signed = self::encoded(['typ' => 'JWT', 'alg' => $this->algorithm()]) . '.' . self::encoded($claims);
        $signature = hash_hmac(self::DIGESTS[$this->algorithm()], $signed, $secret, true);

        return "$signed." . self::base64url($signature);
    }

    /** @return array<string, mixed> the body's fields, with the token where it goes there */
    public function form(string $token = ''): array
    {
        return $this->part('form', $token);
    }

    /** @return array<string, mixed> the address's parameters, with the token where it goes there */
    public function query(string $token = ''): array
    {
        return $this->part('query', $token);
    }

    /** @return array<string, mixed> headers by name, with the token where it goes there */
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
        return self::base64url(json_encode($part, JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR));
    }

    private static function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}
