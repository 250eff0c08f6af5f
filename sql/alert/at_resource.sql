-- Returns the accounts that may be alerted of what happens at the resource $1: the portal accounts whose scope holds it.
SELECT account.id, account.login, account.email, account.active AS is_active, provider.active AS has_active_provider,
    TRUE AS has_permission, account.alerts_off AS off
FROM resource
JOIN provider ON provider.id = resource.provider_id
JOIN account ON account.level = 'provider-portal'
    AND account.id IN (SELECT scope.account_id FROM account_scope AS scope WHERE scope.resource_id = $1)
WHERE resource.id = $1
ORDER BY account.login_key
