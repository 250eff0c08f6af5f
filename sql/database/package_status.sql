-- Returns the first hundred packages whose status is not what their offers say: accepted if one is, else pending if one is,
-- else rejected (rule 1.6). A recalled one keeps its offers as they were.
SELECT code AS offender
FROM package
WHERE status <> 'recalled' AND status <> CASE
    WHEN EXISTS (SELECT 1 FROM offer
        WHERE package_id = package.id AND removed_at IS NULL AND offer.status = 'accepted') THEN 'accepted'
    WHEN EXISTS (SELECT 1 FROM offer
        WHERE package_id = package.id AND removed_at IS NULL AND offer.status = 'pending') THEN 'pending'
    ELSE 'rejected'
END
ORDER BY code
LIMIT 100
