-- Returns the packages of the referral $1 that were accepted and have visits from the instant $2 on.
SELECT 'running-packages' AS sort, package.code
FROM package
WHERE package.referral_id = $1 AND package.status = 'accepted'
    AND EXISTS (SELECT 1 FROM package_visit
        JOIN visit ON visit.id = package_visit.visit_id
        WHERE package_visit.package_id = package.id AND visit.status = 'planned' AND visit.starts_at >= $2)
ORDER BY package.code
