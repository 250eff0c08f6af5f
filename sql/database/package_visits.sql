-- Returns the first hundred packages, recalled ones aside, without any visit (rule 1.1).
SELECT code AS offender
FROM package
WHERE status <> 'recalled'
    AND NOT EXISTS (SELECT 1 FROM package_visit WHERE package_id = package.id AND live)
ORDER BY code
LIMIT 100
