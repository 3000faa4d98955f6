<?php

declare(strict_types=1);

namespace Backend;

use SensitiveParameter;

/**
 * Encrypts stored secrets, so that the database alone is worth nothing.
 *
 * AES-256-GCM with KOMMO_KEY. Each value is bound to its place, so that it cannot be moved to another account's row.
 */
final class Vault
{
    private const CIPHER = 'aes-256-gcm';
    private const NONCE_BYTES = 12;
    private const TAG_BYTES = 16;

    private function __construct(#[SensitiveParameter] private readonly string $key)
    {
    }

    /** @param string $key KOMMO_KEY: 64 hexadecimal digits */
    public static function of(#[SensitiveParameter] string $key): self
    {
        if (!extension_loaded('openssl')) {
            throw Refusal::unavailable('PHP has no openssl extension, which encrypts stored secrets');
        }
        if (preg_match('/\A[0-9a-fA-F]{64}\z/', $key) !== 1) {
            throw Refusal::unavailable('KOMMO_KEY is not 64 hexadecimal digits, see backend/config.example.php');
        }

        return new self(hex2bin($key));
    }

    /** @param string $place where the value is stored, such as `the tokens of account 30000001` */
    public function seal(#[SensitiveParameter] string $value, string $place): string
    {
        $nonce = random_bytes(self::NONCE_BYTES);
        $sealed = openssl_encrypt($value, self::CIPHER, $this->key, OPENSSL_RAW_DATA, $nonce, $tag, $place);

        return base64_encode($nonce . $tag . $sealed);
    }

    public function open(string $sealed, string $place): string
    {
        $bytes = (string) base64_decode($sealed, true);
        [$nonce, $tag] = [substr($bytes, 0, self::NONCE_BYTES), substr($bytes, self::NONCE_BYTES, self::TAG_BYTES)];
        $value = strlen($tag) !== self::TAG_BYTES ? false : openssl_decrypt(
            substr($bytes, self::NONCE_BYTES + self::TAG_BYTES),
            self::CIPHER,
            $this->key,
            OPENSSL_RAW_DATA,
            $nonce,
            $tag,
            $place,
        );

        return $value !== false ? $value : throw Refusal::unavailable("KOMMO_KEY cannot decrypt $place");
    }
}
