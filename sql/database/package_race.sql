-- Returns the first hundred accepted packages that somebody could still answer (rule 1.5).
SELECT code AS offender
FROM package
WHERE status = 'accepted'
    AND EXISTS (SELECT 1 FROM offer WHERE package_id = package.id AND removed_at IS NULL AND offer.status = 'pending')
ORDER BY code
LIMIT 100
