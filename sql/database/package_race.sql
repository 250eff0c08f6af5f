-- Returns the first hundred accepted packages that somebody could still answer (rule 1.5).
SELECT code AS offender
FROM package
WHERE status = 'accepted'
    AND EXISTS (SELECT 1 FROM offer_now AS open
        WHERE open.package_id = package.id AND open.removed_at IS NULL AND open.status IN ('pending', 'scheduled'))
ORDER BY code
LIMIT 100
