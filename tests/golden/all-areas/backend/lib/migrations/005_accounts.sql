CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    -- acme.kommo.com
    host TEXT NOT NULL,
    client_id TEXT NOT NULL DEFAULT '',
    -- encrypted; empty if the account has no integration of its own
    secret TEXT NOT NULL DEFAULT ''
);
CREATE INDEX accounts_by_host ON accounts (host);

CREATE TABLE account_values (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    -- encrypted
    value TEXT NOT NULL,
    PRIMARY KEY (account_id, name)
);
