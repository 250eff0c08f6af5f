-- Returns the first hundred packages, recalled ones aside, that are offered to nobody (rules 1.1, 1.4).
SELECT code AS offender
FROM package
WHERE status <> 'recalled'
    AND NOT EXISTS (SELECT 1 FROM offer WHERE package_id = package.id AND removed_at IS NULL)
ORDER BY code
LIMIT 100
