-- Returns the packages of the referrals that have the status $1, where they wait for an answer or have visits from the
-- instant $2 on.
SELECT 'running-packages' AS sort, package.code
FROM referral
JOIN package_now AS package ON package.referral_id = referral.id
WHERE referral.status_id = $1
    AND (package.status = 'pending'
        OR package.status = 'accepted' AND EXISTS (SELECT 1 FROM package_visit
            JOIN visit ON visit.id = package_visit.visit_id
            WHERE package_visit.package_id = package.id AND visit.status = 'planned' AND visit.starts_at >= $2))
ORDER BY package.code
