-- Returns the resources that the account $1 acts for and no other active portal account.
SELECT DISTINCT 'unattended-resources' AS sort, resource.code
FROM account_scope AS own
JOIN resource ON resource.id = own.resource_id
WHERE own.account_id = $1
    AND NOT EXISTS (SELECT 1 FROM account_scope AS other
        JOIN account ON account.id = other.account_id
        WHERE other.resource_id = own.resource_id AND other.account_id <> $1
            AND account.active AND account.level = 'provider-portal')
ORDER BY resource.code
