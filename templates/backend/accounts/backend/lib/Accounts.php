<?php

declare(strict_types=1);

namespace Backend;

use PDO;
use PDOStatement;
use SensitiveParameter;

/**
 * The accounts that use the widget, with their secrets and values, which are encrypted.
 *
 * Accounts are added by `bin/account.php add` and by an installation through OAuth.
 */
final class Accounts
{
    public function __construct(private readonly PDO $database, private readonly Vault $vault)
    {
    }

    public function find(int $id): ?Account
    {
        return $this->accounts('WHERE id = ?', [$id])[0] ?? null;
    }

    /** @return list<Account> */
    public function all(): array
    {
        return $this->accounts('ORDER BY id', []);
    }

    /**
     * Adds or changes an account. Its stored values stay.
     *
     * @param string $clientId of the account's own private integration, and its secret; both '' for the integration of
     *   KOMMO_CLIENT_SECRET
     */
    public function add(int $id, AccountHost $host, string $clientId, #[SensitiveParameter] string $secret): void
    {
        $sealed = $secret === '' ? '' : $this->vault->seal($secret, self::place($id, 'client secret'));
        $this->run(
            'INSERT INTO accounts (id, host, client_id, secret) VALUES (?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET host = excluded.host, client_id = excluded.client_id,
             secret = excluded.secret',
            [$id, $host->name, $clientId, $sealed],
        );
    }

    /** Stores the host of an account that installed the widget; the account's own secret stays. */
    public function installed(int $id, AccountHost $host): void
    {
        $this->run(
            'INSERT INTO accounts (id, host) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET host = excluded.host',
            [$id, $host->name],
        );
    }

    /** Whether an account has this host. */
    public function hasHost(AccountHost $host): bool
    {
        return $this->run('SELECT 1 FROM accounts WHERE host = ?', [$host->name])->fetchColumn() !== false;
    }

    /** The account with this host; null if there is none. */
    public function at(AccountHost $host): ?Account
    {
        return $this->accounts('WHERE host = ? ORDER BY id', [$host->name])[0] ?? null;
    }

    /** Stores a value for an account, such as a key for another service, under a name of your choice. */
    public function remember(int $id, string $name, #[SensitiveParameter] string $value): void
    {
        if ($this->find($id) === null) {
            throw Refusal::unavailable("account $id is not known: php backend/bin/account.php add");
        }
        $this->run(
            'INSERT OR REPLACE INTO account_values (account_id, name, value) VALUES (?, ?, ?)',
            [$id, $name, $this->vault->seal($value, self::place($id, $name))],
        );
    }

    public function recall(int $id, string $name): ?string
    {
        $select = 'SELECT value FROM account_values WHERE account_id = ? AND name = ?';
        $value = $this->run($select, [$id, $name])->fetchColumn();

        return is_string($value) ? $this->vault->open($value, self::place($id, $name)) : null;
    }

    /** Whether a value is stored; does not decrypt it. */
    public function remembers(int $id, string $name): bool
    {
        $select = 'SELECT 1 FROM account_values WHERE account_id = ? AND name = ?';

        return $this->run($select, [$id, $name])->fetchColumn() !== false;
    }

    /** Removes one value. */
    public function forgetValue(int $id, string $name): void
    {
        $this->run('DELETE FROM account_values WHERE account_id = ? AND name = ?', [$id, $name]);
    }

    /** Removes an account and all its values. */
    public function forget(int $id): bool
    {
        return Database::transaction($this->database, function () use ($id): bool {
            $this->run('DELETE FROM account_values WHERE account_id = ?', [$id]);

            return $this->run('DELETE FROM accounts WHERE id = ?', [$id])->rowCount() === 1;
        });
    }

    /**
     * @param list<mixed> $values
     * @return list<Account>
     */
    private function accounts(string $which, array $values): array
    {
        $accounts = [];
        foreach ($this->run("SELECT id, host, client_id, secret FROM accounts $which", $values) as $row) {
            $id = (int) $row['id'];
            $secret = $row['secret'] === '' ? '' : $this->vault->open($row['secret'], self::place($id, 'client secret'));
            $host = AccountHost::tryFrom($row['host']);
            if ($host !== null) {
                $accounts[] = new Account($id, $host, $row['client_id'], $secret);
            }
        }

        return $accounts;
    }

    private static function place(int $id, string $name): string
    {
        return "$name of account $id";
    }

    /** @param list<mixed> $values */
    private function run(string $sql, #[SensitiveParameter] array $values): PDOStatement
    {
        $statement = $this->database->prepare($sql);
        $statement->execute($values);

        return $statement;
    }
}
