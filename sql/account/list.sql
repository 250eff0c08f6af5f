-- Returns the accounts by login, from the one after $1 on, at most $2, with their permissions joined by commas; a portal
-- account that looks ($3) sees only itself; of the level $4, active or not $5, that act for the resource $6, for one of the
-- provider $7.
SELECT id, login, name, email, level, active, password_hash, alerts_off,
    (SELECT string_agg(permission, ',' ORDER BY permission) FROM account_permission WHERE account_id = id) AS permissions
FROM account
WHERE TRUE
    AND login_key > $1 -- ?
    AND id = $3 -- ?
    AND level = $4 -- ?
    AND active = $5 -- ?
    AND id IN (SELECT own.account_id FROM account_scope AS own WHERE own.resource_id = $6) -- ?
    -- ?{
    AND id IN (SELECT held.account_id FROM account_resource AS held
        JOIN resource ON resource.id = held.resource_id WHERE resource.provider_id = $7)
    -- ?}
ORDER BY login_key
LIMIT $2
