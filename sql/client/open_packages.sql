-- Returns the packages of the client $1 that are offered or accepted and hold a planned visit after $2, each with the
-- provider that has accepted, and how many can answer. The transaction says where it stands.
SELECT package.code, package.reference, referral.code AS referral, package.status, provider.code AS provider,
    provider.name AS provider_name,
    (SELECT CAST(COUNT(*) AS BIGINT) FROM offer_now AS asked
        WHERE asked.package_id = package.id AND asked.removed_at IS NULL AND asked.status = 'pending') AS waiting_for
FROM referral
JOIN package_now AS package ON package.referral_id = referral.id
LEFT JOIN offer AS accepted ON accepted.package_id = package.id AND accepted.status = 'accepted'
LEFT JOIN provider ON provider.id = accepted.provider_id
WHERE referral.client_id = $1 AND package.status IN ('pending', 'accepted')
    AND EXISTS (
        SELECT 1 FROM package_visit JOIN visit ON visit.id = package_visit.visit_id
        WHERE package_visit.package_id = package.id AND visit.status = 'planned' AND visit.starts_at > $2)
ORDER BY package.id
