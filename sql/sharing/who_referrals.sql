-- Returns the providers to which a referral of the client $1 is assigned and that have an account which acts for that
-- resource: the referral, and since when; for staff only ($2 is the portal account that looks).
SELECT provider.id AS recipient_id, provider.code AS recipient, provider.name AS recipient_name, referral.code AS source,
    referral.assigned_at AS since_at
FROM referral
JOIN resource ON resource.id = referral.resource_id
JOIN provider ON provider.id = resource.provider_id
WHERE referral.client_id = $1
    AND EXISTS (SELECT 1 FROM account_scope AS scope
        JOIN account ON account.id = scope.account_id AND account.active
        WHERE scope.resource_id = referral.resource_id)
    AND $2 IS NULL -- ?
ORDER BY provider.name_key, provider.id, referral.id
