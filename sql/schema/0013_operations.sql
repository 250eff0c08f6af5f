-- What imports did, so that each can be taken back (rule 5.6). The audit entries of one transaction follow each other without
-- a gap, so those of an operation are the ones between two numbers.

CREATE TABLE operation (
    id UUID NOT NULL PRIMARY KEY,
    code TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    account_id UUID NOT NULL REFERENCES account (id),
    acted_by TEXT,
    action TEXT NOT NULL,
    input TEXT NOT NULL,
    rows_read BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    first_entry BIGINT NOT NULL,
    last_entry BIGINT NOT NULL CHECK (last_entry >= first_entry),
    undoes UUID REFERENCES operation (id),
    undone_by UUID REFERENCES operation (id),
    kept BIGINT NOT NULL,
    CHECK (undoes IS NULL OR undone_by IS NULL)
);
CREATE UNIQUE INDEX operation_code ON operation (code);
CREATE INDEX operation_first_entry ON operation (first_entry);

-- The keys of the rows that one statement of an operation added to the table `name`, one a line.
CREATE TABLE operation_insert (
    operation_id UUID NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    row_keys TEXT NOT NULL,
    PRIMARY KEY (operation_id, number)
);

-- A row of the table `name` as it was before the statement `number` of an operation changed or deleted it. `thing_id` is the id of
-- the thing that it belongs to.
CREATE TABLE operation_row (
    operation_id UUID NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    thing_id UUID NOT NULL,
    row_key TEXT NOT NULL,
    before TEXT NOT NULL,
    PRIMARY KEY (operation_id, number, row_key)
);
CREATE INDEX operation_row_thing_id ON operation_row (thing_id);
