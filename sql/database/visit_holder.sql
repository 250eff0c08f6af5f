-- Returns the first hundred visits that are in an accepted package, and are not found with the provider that has accepted it
-- (rule 1.12).
SELECT visit.code AS offender
FROM package
JOIN offer ON offer.package_id = package.id AND offer.status = 'accepted'
JOIN package_visit ON package_visit.package_id = package.id AND package_visit.live
JOIN visit ON visit.id = package_visit.visit_id
WHERE package.status = 'accepted' AND (visit.holder_id IS NULL OR visit.holder_id <> offer.provider_id)
ORDER BY visit.code
LIMIT 100
