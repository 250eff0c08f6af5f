-- Returns the accounts with logins above $1 up to $2; lists are separated by $3.
SELECT login AS subject, FALSE AS erased, name, level, email, active, password_hash IS NOT NULL AS has_password,
    (SELECT string_agg(permission, $3) FROM account_permission WHERE account_id = account.id) AS permissions,
    (SELECT string_agg(resource.code, $3) FROM account_resource
        JOIN resource ON resource.id = account_resource.resource_id
        WHERE account_resource.account_id = account.id) AS resources,
    replace(alerts_off, ',', $3) AS alerts_off
FROM account
WHERE login > $1 AND login <= $2
ORDER BY login
