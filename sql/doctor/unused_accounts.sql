-- Returns the active accounts, but for $2, that have written no entry of the audit trail from the number $1 on and were
-- neither created nor changed since, by login; at most $3.
SELECT login, name
FROM account
WHERE active AND id <> $2
    AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.actor = account.login AND audit.sequence >= $1)
    AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.subject = account.login AND audit.sequence >= $1)
ORDER BY login_key
LIMIT $3
