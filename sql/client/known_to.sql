-- Returns the logins of the portal accounts that may name the client $1 in sharing. The transaction says where it stands.
SELECT DISTINCT account.login
FROM account_client AS known
JOIN account ON account.id = known.account_id
WHERE known.client_id = $1 AND account.active
ORDER BY account.login
