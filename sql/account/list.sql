-- Returns the accounts by login, from the one after $1 on, at most $2, with their permissions joined by commas; a portal
-- account that looks ($3) sees only itself.
SELECT id, login, name, email, level, active, password_hash, alerts_off,
    (SELECT string_agg(permission, ',' ORDER BY permission) FROM account_permission WHERE account_id = id) AS permissions
FROM account
WHERE TRUE
    AND login_key > $1 -- ?
    AND id = $3 -- ?
ORDER BY login_key
LIMIT $2
