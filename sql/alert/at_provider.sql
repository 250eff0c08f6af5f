-- Returns the accounts that may be alerted of what concerns the provider $1: the portal accounts with its agency record,
-- with whether each has the permission $2.
SELECT account.id, account.login, account.email, account.active AS is_active, provider.active AS has_active_provider,
    EXISTS (SELECT 1 FROM account_permission AS held
        WHERE held.account_id = account.id AND held.permission = $2) AS has_permission, account.alerts_off AS off
FROM provider
JOIN account ON account.level = 'provider-portal'
    AND account.id IN (SELECT held.account_id FROM account_resource AS held
        JOIN resource AS agency ON agency.id = held.resource_id
        WHERE agency.kind = 'agency' AND agency.provider_id = $1)
WHERE provider.id = $1
ORDER BY account.login_key
