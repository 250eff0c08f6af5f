-- Returns the packages of the client $1 that are offered or accepted and hold a planned visit after $2.
SELECT package.code, package.reference, package.status
FROM referral
JOIN package_now AS package ON package.referral_id = referral.id
WHERE referral.client_id = $1 AND package.status IN ('pending', 'accepted')
    AND EXISTS (
        SELECT 1 FROM package_visit JOIN visit ON visit.id = package_visit.visit_id
        WHERE package_visit.package_id = package.id AND visit.status = 'planned' AND visit.starts_at > $2)
ORDER BY package.id
