-- Returns the entries of the audit trail from number $2 down to $1 that still hold something, at most $3.
SELECT sequence, action, subject, before, after
FROM audit
WHERE sequence BETWEEN $1 AND $2 AND NOT erased
ORDER BY sequence DESC
LIMIT $3
