-- Returns the account whose folded login is $1, with its permissions joined by commas; a portal account that looks ($2)
-- sees only itself.
SELECT id, login, name, email, level, active, password_hash, alerts_off,
    (SELECT string_agg(permission, ',' ORDER BY permission) FROM account_permission WHERE account_id = id) AS permissions
FROM account
WHERE login_key = $1
    AND id = $2 -- ?
