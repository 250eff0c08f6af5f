-- Returns the providers that have a referral of the client $1, or visits of it.
SELECT provider.name
FROM provider
WHERE provider.id IN (
        SELECT resource.provider_id
        FROM referral
        JOIN resource ON resource.id = referral.resource_id
        WHERE referral.client_id = $1)
    OR provider.id IN (
        SELECT held.provider_id
        FROM referral
        JOIN visit ON visit.referral_id = referral.id
        JOIN held_visit AS held ON held.visit_id = visit.id
        WHERE referral.client_id = $1)
ORDER BY provider.name_key, provider.id
