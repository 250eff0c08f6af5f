-- Returns the first hundred packages whose status is not what their offers say: accepted if one is, else pending if one is
-- pending or scheduled, else handed back if one is, else rejected (rule 1.6). A recalled one keeps its offers as they were.
SELECT code AS offender
FROM package_now AS package
WHERE status <> 'recalled' AND status <> CASE
    WHEN EXISTS (SELECT 1 FROM offer
        WHERE package_id = package.id AND removed_at IS NULL AND offer.status = 'accepted') THEN 'accepted'
    WHEN EXISTS (SELECT 1 FROM offer_now AS open
        WHERE open.package_id = package.id AND open.removed_at IS NULL
            AND open.status IN ('pending', 'scheduled')) THEN 'pending'
    WHEN EXISTS (SELECT 1 FROM offer
        WHERE package_id = package.id AND removed_at IS NULL AND offer.status = 'handed_back') THEN 'handed_back'
    ELSE 'rejected'
END
ORDER BY code
LIMIT 100
