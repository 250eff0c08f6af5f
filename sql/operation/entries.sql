-- Returns the entries of the audit trail from number $1 to $2 that still hold something, at most $3.
SELECT sequence, action, subject, before, after
FROM audit
WHERE sequence BETWEEN $1 AND $2 AND NOT erased
ORDER BY sequence
LIMIT $3
