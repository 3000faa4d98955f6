CREATE TABLE jobs (
    -- the same for two copies of one event: the primary key is what drops the second
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    account_id INTEGER NOT NULL,
    -- JSON; emptied once the work is done
    payload TEXT NOT NULL,
    -- waiting, done or failed
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    added_at INTEGER NOT NULL,
    problem TEXT NOT NULL DEFAULT ''
);
CREATE INDEX jobs_by_state ON jobs (state, due_at);
CREATE INDEX jobs_by_age ON jobs (added_at);

-- The parts of a job's work that are not to be done twice.
CREATE TABLE job_steps (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    name TEXT NOT NULL,
    -- JSON of what the step returned; NULL: begun, and not known to have ended
    result TEXT,
    PRIMARY KEY (job_id, name)
);
