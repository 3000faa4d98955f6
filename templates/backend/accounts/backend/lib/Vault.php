<?php

declare(strict_types=1);

namespace Backend;

use SensitiveParameter;
use SodiumException;

/**
 * Encrypts what is kept of other people's secrets: who gets hold of the database alone has nothing.
 *
 * XChaCha20-Poly1305, with a key from the environment. Each value is bound to its place, so that one cannot be moved
 * to another account's row.
 */
final class Vault
{
    private function __construct(#[SensitiveParameter] private readonly string $key)
    {
    }

    /** @param string $key KOMMO_KEY: 64 hexadecimal digits */
    public static function of(#[SensitiveParameter] string $key): self
    {
        if (!function_exists('sodium_crypto_aead_xchacha20poly1305_ietf_encrypt')) {
            throw Refusal::unavailable('PHP has no sodium extension, which encrypts the tokens');
        }
        if (preg_match('/\A[0-9a-fA-F]{64}\z/', $key) !== 1) {
            throw Refusal::unavailable('KOMMO_KEY is not 64 hexadecimal digits, see backend/config.example.php');
        }

        return new self(sodium_hex2bin($key));
    }

    /** @param string $place where the value is kept: `tokens 30000001` */
    public function seal(#[SensitiveParameter] string $value, string $place): string
    {
        $nonce = random_bytes(SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES);
        $sealed = sodium_crypto_aead_xchacha20poly1305_ietf_encrypt($value, $place, $nonce, $this->key);

        return base64_encode($nonce . $sealed);
    }

    public function open(string $sealed, string $place): string
    {
        $bytes = (string) base64_decode($sealed, true);
        $nonce = substr($bytes, 0, SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES);
        try {
            $value = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt(
                substr($bytes, strlen($nonce)),
                $place,
                $nonce,
                $this->key,
            );
        } catch (SodiumException) {
            $value = false;
        }

        return $value !== false ? $value : throw Refusal::unavailable("KOMMO_KEY does not open what is kept of $place");
    }
}
