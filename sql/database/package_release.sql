-- Returns the first hundred packages that were recalled and still hold visits, or were not and have let go of one (rules
-- 1.2, 1.8).
SELECT code AS offender
FROM package
WHERE EXISTS (SELECT 1 FROM package_visit WHERE package_id = package.id AND live = (package.status = 'recalled'))
ORDER BY code
LIMIT 100
