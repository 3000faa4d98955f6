<?php

declare(strict_types=1);

namespace Backend;

use LogicException;
use SensitiveParameter;

/** The settings of this server: from the environment, else from config.php; names of your own are as good as ours. */
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
            throw Refusal::unavailable("config.php is not readable for the user that PHP runs as: $file");
        }
        $values = is_file($file) ? require $file : [];

        return new self($backend, is_array($values) ? $values : [], true);
    }

    /** @param array<string, string> $values by name; a name left out counts as empty */
    public static function from(#[SensitiveParameter] array $values, string $backend): self
    {
        return new self($backend, $values, false);
    }

    /** The value of a name; '' where it is not set. */
    public function get(string $name): string
    {
        // A client's headers arrive under these names.
        if (preg_match('/\A(?!HTTP_)[A-Z][A-Z0-9_]*\z/', $name) !== 1) {
            throw new LogicException("$name cannot be the name of a setting");
        }
        $value = $this->values[$name] ?? '';
        if ($this->readsEnvironment) {
            // FastCGI passes the web server's own variables in $_SERVER only.
            $value = getenv($name) ?: ($_SERVER[$name] ?? '') ?: $value;
        }

        return is_scalar($value) ? trim((string) $value) : '';
    }

    /** The value of a name without which nothing works: the caller gets 503, the log says what to set. */
    public function required(string $name): string
    {
        $value = $this->get($name);
        if ($value === '') {
            throw Refusal::unavailable("$name is not set, see backend/config.example.php");
        }

        return $value;
    }

    /** A secret in an address is all that tells the platform's unsigned calls from a stranger's. */
    public function mustMatch(string $name, #[SensitiveParameter] mixed $given): void
    {
        $secret = $this->required($name);
        // ?k[]= makes an array of it. hash_equals takes the same time wherever the two differ.
        if (!is_string($given) || !hash_equals($secret, $given)) {
            throw new Refusal(403, 'wrong secret', '', [], 'wrong_secret');
        }
    }

    /**
     * The accounts that may call; empty: any. A slip in the list must not open the door to all: it closes it to all.
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
     * A list separated by commas.
     *
     * @return list<string>
     */
    public function words(string $name): array
    {
        return preg_split('/[\s,]+/', $this->get($name), -1, PREG_SPLIT_NO_EMPTY) ?: [];
    }

    /** The folder for everything that is kept; it need not exist yet. */
    public function storage(): string
    {
        $path = $this->get('KOMMO_STORAGE');
        $isAbsolute = preg_match('~\A(/|\\\\|[A-Za-z]:[/\\\\])~', $path) === 1;

        return $isAbsolute ? $path : $this->backend . '/' . ($path === '' ? 'storage' : $path);
    }
}
