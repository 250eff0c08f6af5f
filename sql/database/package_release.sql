-- Returns the first hundred packages that were recalled or handed back and still hold visits, or were not and have let go
-- of one (rules 1.2, 1.8, 1.14).
SELECT code AS offender
FROM package
WHERE EXISTS (SELECT 1 FROM package_visit
    WHERE package_id = package.id AND live = (package.status IN ('recalled', 'handed_back')))
ORDER BY code
LIMIT 100
