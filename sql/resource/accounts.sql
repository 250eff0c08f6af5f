-- Returns the logins of the portal accounts that act for the resource $1, by its own name or with its agency.
SELECT DISTINCT account.login, account.login_key
FROM account_scope AS scope
JOIN account ON account.id = scope.account_id
WHERE scope.resource_id = $1
ORDER BY account.login_key
