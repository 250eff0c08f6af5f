-- Adds an operation: $1 id, $2 code, $3 when, $4 account, $5 login of who used it, $6 action, $7 input, $8 to $12 counts,
-- $13 and $14 its first and last entry, $15 what it undoes, $16 source, $17 layout.
INSERT INTO operation (id, code, at, account_id, acted_by, action, input, rows_read, created, updated, unchanged,
    rejected, first_entry, last_entry, undoes, source, layout, kept)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0)
