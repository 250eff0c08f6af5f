-- Returns the accounts with these folded logins ($1 in each row), with their permissions and the codes of their resources
-- joined by commas.
WITH wanted (login_key) AS (VALUES ($1))
SELECT id, login, name, email, level, active, password_hash, alerts_off,
    (SELECT string_agg(permission, ',' ORDER BY permission) FROM account_permission WHERE account_id = id) AS permissions,
    (SELECT string_agg(resource.code, ',' ORDER BY resource.code)
        FROM account_resource
        JOIN resource ON resource.id = account_resource.resource_id
        WHERE account_resource.account_id = account.id) AS resources
FROM account
WHERE login_key IN (SELECT wanted.login_key FROM wanted)
