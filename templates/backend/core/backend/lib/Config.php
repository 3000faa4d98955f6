<?php

declare(strict_types=1);

namespace Backend;

use LogicException;
use SensitiveParameter;

/** The settings of this server, from the environment or else from config.php. You can add your own. */
final class Config
{
    /** @param array<mixed> $values by name */
    private function __construct(
        private readonly string $backend,
        #[SensitiveParameter] private readonly array $values,
        private readonly bool $readsEnvironment,
    ) {
    }

    /** @param string $backend the folder that holds config.php */
    public static function load(string $backend): self
    {
        $file = "$backend/config.php";
        if (is_file($file) && !is_readable($file)) {
            throw Refusal::unavailable("config.php is not readable by the user that PHP runs as: $file");
        }
        $values = is_file($file) ? require $file : [];

        return new self($backend, is_array($values) ? $values : [], true);
    }

    /** @param array<string, string> $values by name; missing ones count as empty */
    public static function from(#[SensitiveParameter] array $values, string $backend): self
    {
        return new self($backend, $values, false);
    }

    /** The value of a setting; '' if it is not set. */
    public function get(string $name): string
    {
        // HTTP_ names are request headers in $_SERVER.
        if (preg_match('/\A(?!HTTP_)[A-Z][A-Z0-9_]*\z/', $name) !== 1) {
            throw new LogicException("$name cannot be the name of a setting");
        }
        $value = $this->values[$name] ?? '';
        if ($this->readsEnvironment) {
            // With FastCGI, variables of the web server are in $_SERVER only.
            $value = getenv($name) ?: ($_SERVER[$name] ?? '') ?: $value;
        }

        return is_scalar($value) ? trim((string) $value) : '';
    }

    /** The value of a required setting; without it the caller gets 503 and the log says what to set. */
    public function required(string $name): string
    {
        $value = $this->get($name);
        if ($value === '') {
            throw Refusal::unavailable("$name is not set, see backend/config.example.php");
        }

        return $value;
    }

    /** Checks the secret in a URL, which is all that tells unsigned calls of the platform from those of strangers. */
    public function mustMatch(string $name, #[SensitiveParameter] mixed $given): void
    {
        $secret = $this->required($name);
        // ?k[]= makes it an array. hash_equals takes the same time wherever the two differ.
        if (!is_string($given) || !hash_equals($secret, $given)) {
            throw new Refusal(403, 'wrong secret', '', [], 'wrong_secret');
        }
    }

    /**
     * The accounts that may call; empty: any. A typo in the list must not admit everybody, so it admits nobody.
     *
     * @return list<int>
     */
    public function accounts(): array
    {
        $ids = [];
        foreach ($this->words('KOMMO_ACCOUNTS') as $text) {
            $ids[] = Fields::positive($text)
                ?? throw Refusal::unavailable('KOMMO_ACCOUNTS is not a list of account ids separated by commas');
        }

        return $ids;
    }

    public function mustKnowAccount(int $account): void
    {
        $accounts = $this->accounts();
        if ($accounts !== [] && !in_array($account, $accounts, true)) {
            throw new Refusal(403, 'unknown account', "$account is not in KOMMO_ACCOUNTS", [], 'unknown_account');
        }
    }

    /**
     * A comma-separated list.
     *
     * @return list<string>
     */
    public function words(string $name): array
    {
        return preg_split('/[\s,]+/', $this->get($name), -1, PREG_SPLIT_NO_EMPTY) ?: [];
    }

    /** The path of the storage folder, which need not exist yet. */
    public function storage(): string
    {
        $path = $this->get('KOMMO_STORAGE');
        $isAbsolute = preg_match('~\A(/|\\\\|[A-Za-z]:[/\\\\])~', $path) === 1;

        return $isAbsolute ? $path : $this->backend . '/' . ($path === '' ? 'storage' : $path);
    }
}
