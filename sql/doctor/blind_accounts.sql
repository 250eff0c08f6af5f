-- Returns the active portal accounts that act for no resource of an active provider, by login; at most $1.
SELECT login, name
FROM account
WHERE level = 'provider-portal' AND active
    AND NOT EXISTS (SELECT 1 FROM account_scope AS scope WHERE scope.account_id = account.id)
ORDER BY login_key
LIMIT $1
