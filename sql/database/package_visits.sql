-- Returns the first hundred packages, but for those that were recalled or handed back, without any visit (rule 1.1).
SELECT code AS offender
FROM package
WHERE status <> 'recalled' AND status <> 'handed_back'
    AND NOT EXISTS (SELECT 1 FROM package_visit WHERE package_id = package.id AND live)
ORDER BY code
LIMIT 100
