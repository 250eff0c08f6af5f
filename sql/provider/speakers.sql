-- Returns the logins of the active accounts that speak for the provider $1.
SELECT DISTINCT account.login
FROM account_provider AS mine
JOIN account ON account.id = mine.account_id
WHERE mine.provider_id = $1 AND account.active
ORDER BY account.login
