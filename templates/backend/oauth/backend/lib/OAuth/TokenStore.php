<?php

declare(strict_types=1);

namespace Backend\OAuth;

use Backend\AccountHost;
use Backend\Fields;
use Backend\Vault;
use PDO;
use PDOStatement;
use SensitiveParameter;

/** The encrypted tokens of the accounts that installed the widget, one row per account. */
final class TokenStore
{
    public function __construct(private readonly PDO $database, private readonly Vault $vault)
    {
    }

    public function find(int $account): ?StoredTokens
    {
        $row = $this->run('SELECT * FROM tokens WHERE account_id = ?', [$account])->fetch(PDO::FETCH_ASSOC);
        $host = $row === false ? null : AccountHost::tryFrom($row['host']);
        if ($host === null) {
            return null;
        }
        $previous = (string) $row['previous_refresh'];

        return new StoredTokens(
            $account,
            $host,
            GrantedTokens::fromJson($this->vault->open($row['granted'], self::place($account))),
            $previous === '' ? '' : $this->vault->open($previous, self::place($account)),
            (int) $row['granted_at'],
            $row['refused_at'] === null ? null : (int) $row['refused_at'],
            (int) $row['version'],
        );
    }

    /** The account with this host; null if it has not installed the widget. */
    public function accountAt(AccountHost $host): ?int
    {
        return Fields::positive($this->run('SELECT account_id FROM tokens WHERE host = ?', [$host->name])->fetchColumn());
    }

    /** Stores the tokens of an installation, in place of older ones. */
    public function install(int $account, AccountHost $host, #[SensitiveParameter] GrantedTokens $tokens, int $now): void
    {
        $this->run(
            'INSERT INTO tokens (account_id, host, granted, granted_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (account_id) DO UPDATE SET host = excluded.host, granted = excluded.granted,
             granted_at = excluded.granted_at, previous_refresh = \'\', refused_at = NULL, version = version + 1',
            [$account, $host->name, $this->sealed($account, $tokens->toJson()), $now],
        );
    }

    /**
     * Stores the tokens of a refresh, and the refresh token that was used for it: the platform accepts that one until
     * the new one has been used, so it still helps if the new one gets lost.
     *
     * @return bool false if the row was changed or removed meanwhile; then nothing is stored
     */
    public function replace(
        StoredTokens $before,
        #[SensitiveParameter] string $usedRefresh,
        #[SensitiveParameter] GrantedTokens $tokens,
        int $now,
    ): bool {
        $account = $before->accountId;
        $update = $this->run(
            'UPDATE tokens SET granted = ?, previous_refresh = ?, granted_at = ?, refused_at = NULL,
             version = version + 1 WHERE account_id = ? AND version = ?',
            [
                $this->sealed($account, $tokens->toJson()),
                $this->sealed($account, $usedRefresh),
                $now,
                $account,
                $before->version,
            ],
        );

        return $update->rowCount() === 1;
    }

    /** Records that the account no longer accepts our refresh tokens. */
    public function refuse(StoredTokens $tokens, int $now): void
    {
        $update = 'UPDATE tokens SET refused_at = ? WHERE account_id = ? AND version = ?';
        $this->run($update, [$now, $tokens->accountId, $tokens->version]);
    }

    public function forget(int $account): bool
    {
        return $this->run('DELETE FROM tokens WHERE account_id = ?', [$account])->rowCount() === 1;
    }

    /** @return list<int> accounts whose tokens were granted before this time and still work, oldest first */
    public function grantedBefore(int $time): array
    {
        $select = 'SELECT account_id FROM tokens WHERE granted_at < ? AND refused_at IS NULL ORDER BY granted_at';

        return array_map(intval(...), $this->run($select, [$time])->fetchAll(PDO::FETCH_COLUMN));
    }

    private function sealed(int $account, #[SensitiveParameter] string $value): string
    {
        return $this->vault->seal($value, self::place($account));
    }

    private static function place(int $account): string
    {
        return "the tokens of account $account";
    }

    /** @param list<mixed> $values */
    private function run(string $sql, #[SensitiveParameter] array $values): PDOStatement
    {
        $statement = $this->database->prepare($sql);
        $statement->execute($values);

        return $statement;
    }
}
