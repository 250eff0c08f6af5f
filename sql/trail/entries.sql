-- Returns the entries on subjects above $1 up to $2, by subject and number, without what they replace; only those whose
-- action is like $3, and if $4 those that take an import back and that of `init`; at most $5.
SELECT sequence, subject, CASE WHEN after IS NULL THEN before END AS before, after, erased,
    action LIKE '%.undo' AS is_undo
FROM audit
WHERE subject > $1 AND subject <= $2
    AND (action LIKE $3 OR $4 AND action IN ('import.undo', 'database.init')) -- ?
ORDER BY subject, sequence
LIMIT $5
