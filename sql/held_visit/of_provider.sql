-- Returns visits that a provider has, by start: with the id $1, of the provider $2, of the client $3, starting from $4 up to
-- (not at) $5, only those in status $6, after the one that starts at $7 and has the id $8; those that the portal account $9
-- may see, with whose they are only where it may see that, by a visit from $10 on; at most $11. The page is found first, so
-- that no statistics lead a planner to sort all visits.
SELECT visit.id, visit.code, visit.starts_at, visit.duration_minutes, visit.status, visit.provider_note, visit.sequence,
    referral.code AS referral, package.code AS package, package.reference AS package_reference,
    provider.id AS provider_id, provider.code AS provider, provider.name AS provider_name, whose.postal_code AS area,
    known.id AS client_id, known.code AS client, known.given, known.family, known.address, known.postal_code
FROM (
    SELECT found.id, found.starts_at
    FROM visit AS found
    WHERE EXISTS (SELECT 1 FROM held_visit AS held WHERE held.visit_id = found.id)
        AND found.id = $1 -- ?
        AND found.holder_id = $2 -- ?
        AND found.referral_id IN (SELECT theirs.id FROM referral AS theirs WHERE theirs.client_id = $3) -- ?
        AND found.starts_at >= $4 -- ?
        AND found.starts_at < $5 -- ?
        AND found.status = $6 -- ?
        AND (found.starts_at, found.id) > ($7, $8) -- ?
        AND found.holder_id IN (SELECT mine.provider_id FROM account_provider AS mine WHERE mine.account_id = $9) -- ?
    ORDER BY found.starts_at, found.id
    LIMIT $11
) AS page
JOIN visit ON visit.id = page.id
JOIN held_visit AS held ON held.visit_id = visit.id
JOIN package ON package.id = held.package_id
JOIN provider ON provider.id = held.provider_id
JOIN referral ON referral.id = visit.referral_id
JOIN client AS whose ON whose.id = referral.client_id
LEFT JOIN client AS known ON known.id = referral.client_id
    -- ?{
    AND EXISTS (SELECT 1 FROM account_visit_contact AS seen
        WHERE seen.account_id = $9 AND seen.client_id = known.id AND seen.starts_at >= $10)
    -- ?}
ORDER BY page.starts_at, page.id
