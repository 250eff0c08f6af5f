-- Returns imports, the newest first: with the id $1, older than the one with the id $2; for staff only ($3 is the portal
-- account that looks); at most $4.
SELECT operation.id, operation.code, operation.at, operation.account_id, account.login AS by,
    operation.acted_by, operation.action, operation.input, operation.rows_read, operation.created,
    operation.updated, operation.unchanged, operation.rejected,
    operation.first_entry, operation.last_entry, operation.undoes, undo.code AS undone_by, undo.at AS undone_at,
    operation.kept, operation.source, operation.layout
FROM operation
JOIN account ON account.id = operation.account_id
LEFT JOIN operation AS undo ON undo.id = operation.undone_by
WHERE operation.undoes IS NULL
    AND operation.id = $1 -- ?
    AND operation.first_entry < $2 -- ?
    AND $3 IS NULL -- ?
ORDER BY operation.first_entry DESC
LIMIT $4
