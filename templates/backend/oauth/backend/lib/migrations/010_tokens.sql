-- OAuth tokens, one row per account; encrypted with KOMMO_KEY.
CREATE TABLE tokens (
    account_id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    -- encrypted JSON: access token, refresh token, expiry in Unix seconds
    granted TEXT NOT NULL,
    -- encrypted: the previous refresh token, valid until the new one has been used
    previous_refresh TEXT NOT NULL DEFAULT '',
    granted_at INTEGER NOT NULL,
    -- when the account refused all refresh tokens; NULL otherwise
    refused_at INTEGER,
    -- raised with every change, so that a slow refresh never overwrites a newer installation
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TRIGGER tokens_of_forgotten_accounts AFTER DELETE ON accounts BEGIN
    DELETE FROM tokens WHERE account_id = OLD.id;
END;
