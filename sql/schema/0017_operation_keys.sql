-- What each change came to, by the key of its operation: the same key again gives the same answer and does nothing (rule 4.6). Key and
-- command are digests, the command together with its key, so that neither can be used or guessed from here. The account is not a
-- reference: that would keep an import of accounts from being taken back.

CREATE TABLE operation_key (
    key_digest BYTEA NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    account_id UUID NOT NULL,
    acted_by TEXT,
    command_digest BYTEA NOT NULL,
    answer TEXT NOT NULL
) WITHOUT ROWID;
