-- Returns the portal accounts that the resource $1 itself was given to.
SELECT account.id, account.login
FROM account_resource AS held
JOIN account ON account.id = held.account_id
WHERE held.resource_id = $1
ORDER BY account.login_key
