-- OAuth tokens, one row an account; encrypted with KOMMO_KEY.
CREATE TABLE tokens (
    account_id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    -- sealed JSON: access token, refresh token, expiry in Unix seconds
    granted TEXT NOT NULL,
    -- sealed: the refresh token before this one, good until this one has been used
    previous_refresh TEXT NOT NULL DEFAULT '',
    granted_at INTEGER NOT NULL,
    -- when the account refused every refresh token; NULL while all is well
    refused_at INTEGER,
    -- counts every change, so that a slow refresh never overwrites a newer installation
    version INTEGER NOT NULL DEFAULT 1
);

CREATE TRIGGER tokens_of_forgotten_accounts AFTER DELETE ON accounts BEGIN
    DELETE FROM tokens WHERE account_id = OLD.id;
END;
