-- Returns the first hundred logins of staff that have resources or permissions, which are for portal accounts (rule 2.2).
SELECT login AS offender
FROM account
WHERE level <> 'provider-portal'
    AND (EXISTS (SELECT 1 FROM account_resource WHERE account_id = account.id)
        OR EXISTS (SELECT 1 FROM account_permission WHERE account_id = account.id))
ORDER BY login
LIMIT 100
