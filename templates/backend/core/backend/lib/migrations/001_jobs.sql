CREATE TABLE jobs (
    -- the same for copies of an event: the primary key drops them
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

-- Steps of a job that must not happen twice.
CREATE TABLE job_steps (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    name TEXT NOT NULL,
    -- the step's result as JSON; NULL: begun, but maybe not complete
    result TEXT,
    PRIMARY KEY (job_id, name)
);
