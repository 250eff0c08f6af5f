-- Returns the first hundred packages with a visit of another referral (rule 1.1).
SELECT package.code AS offender
FROM package
WHERE EXISTS (
    SELECT 1 FROM package_visit
    JOIN visit ON visit.id = package_visit.visit_id
    WHERE package_visit.package_id = package.id AND visit.referral_id <> package.referral_id
)
ORDER BY package.code
LIMIT 100
