-- Returns the resources with open referrals for which no active account acts, by name, with whether their provider is active,
-- and a login that acts for another of the same provider if there is one; at most $1.
SELECT resource.code, resource.name, provider.active, (
    SELECT min(account.login) FROM resource AS other
    JOIN account_resource AS held ON held.resource_id = other.id
    JOIN account ON account.id = held.account_id
    WHERE other.provider_id = resource.provider_id AND account.active) AS login
FROM resource
JOIN provider ON provider.id = resource.provider_id
WHERE NOT EXISTS (SELECT 1 FROM account_scope AS scope
        JOIN account ON account.id = scope.account_id
        WHERE scope.resource_id = resource.id AND account.active)
    AND EXISTS (SELECT 1 FROM referral
        JOIN queue_status AS status ON status.id = referral.status_id
        WHERE referral.resource_id = resource.id AND NOT status.closed)
ORDER BY resource.name_key, resource.id
LIMIT $1
