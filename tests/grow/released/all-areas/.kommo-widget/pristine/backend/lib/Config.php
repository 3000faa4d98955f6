<?php

declare(strict_types=1);

namespace Backend;

use SensitiveParameter;

/** The settings of this server: from the environment, else from config.php. */
final class Config
{
    private const NAMES = ['KOMMO_WEBHOOK_SECRET', 'KOMMO_CLIENT_SECRET', 'KOMMO_ACCOUNTS', 'KOMMO_STORAGE'];

    /** @param list<int> $accounts empty: any account may call */
    private function __construct(
        #[SensitiveParameter] private readonly string $webhookSecret,
        #[SensitiveParameter] public readonly string $clientSecret,
        public readonly array $accounts,
        public readonly string $storage,
    ) {
    }

    /** @param string $backend the folder that holds config.php */
    public static function load(string $backend): self
    {
        $file = is_file("$backend/config.php") ? require "$backend/config.php" : [];
        $values = [];
        foreach (self::NAMES as $name) {
            // FastCGI passes the web server's own variables in $_SERVER only; a client's headers all start with
            // HTTP_ there, so that nobody can send one of these names.
            $value = getenv($name) ?: ($_SERVER[$name] ?? '') ?: ($file[$name] ?? '');
            $values[$name] = trim((string) $value);
        }

        return self::from($values, $backend);
    }

    /** @param array<string, string> $values by name; a name left out counts as empty */
    public static function from(#[SensitiveParameter] array $values, string $backend): self
    {
        return new self(
            $values['KOMMO_WEBHOOK_SECRET'] ?? '',
            $values['KOMMO_CLIENT_SECRET'] ?? '',
            self::ids($values['KOMMO_ACCOUNTS'] ?? ''),
            self::absolute($values['KOMMO_STORAGE'] ?? '', $backend),
        );
    }

    /** Kommo signs nothing here: the secret in the URL is all that tells its calls from a stranger's. */
    public function mustMatchSecret(#[SensitiveParameter] mixed $given): void
    {
        if ($this->webhookSecret === '') {
            throw Refusal::unavailable('KOMMO_WEBHOOK_SECRET is not set, see backend/config.example.php');
        }
        // ?k[]= makes an array of it. hash_equals takes the same time wherever the two differ.
        if (!is_string($given) || !hash_equals($this->webhookSecret, $given)) {
            throw new Refusal(403, 'wrong secret');
        }
    }

    public function mustKnowAccount(int $account): void
    {
        if ($this->accounts !== [] && !in_array($account, $this->accounts, true)) {
            throw new Refusal(403, 'unknown account', "$account is not in KOMMO_ACCOUNTS");
        }
    }

    /**
     * A slip in the list must not open the door to every account: it closes it to all.
     *
     * @return list<int>
     */
    private static function ids(string $list): array
    {
        $ids = [];
        foreach (preg_split('/[\s,]+/', $list, -1, PREG_SPLIT_NO_EMPTY) as $text) {
            $ids[] = Fields::positive($text)
                ?? throw Refusal::unavailable('KOMMO_ACCOUNTS is not a list of account ids separated by commas');
        }

        return $ids;
    }

    private static function absolute(string $path, string $backend): string
    {
        $isAbsolute = preg_match('~\A(/|\\\\|[A-Za-z]:[/\\\\])~', $path) === 1;

        return $isAbsolute ? $path : $backend . '/' . ($path === '' ? 'storage' : $path);
    }
}
