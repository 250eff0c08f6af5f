-- What rows were before they were changed, so that it can be said how all stood at an earlier instant. Triggers fill it: on
-- PostgreSQL those of the tables, made anew after each step; on SQLite those of the connection that changes something.
--
-- name and row_key say which row of which table it was. entry: the number of the first entry of the audit trail of the change, so
-- that an instant means the same here and there. before: the whole row before that change as JSON; none where there was no row.
CREATE TABLE row_version (
    name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    entry BIGINT NOT NULL,
    before TEXT,
    PRIMARY KEY (name, row_key, entry)
) WITHOUT ROWID;
CREATE INDEX row_version_name_entry ON row_version (name, entry);

-- Of a database that is older, nothing is known of before the entry of this number.
INSERT INTO setting (name, value)
SELECT 'versions_from', '' || max(sequence) FROM audit HAVING count(*) > 0;
