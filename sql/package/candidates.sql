-- Returns the packages that a reference may mean: $1 a code, $1 to $2 codes that begin so, $3 a folded reference, $3 to $4
-- references that begin so; a recalled one by its reference only where nothing else fits. For the portal account $5 those
-- that it may read, for an answer of the portal account $6 those that it was asked about; for staff at most $7 of what
-- many begin with.
SELECT found.id, found.code, found.reference, found.fit
FROM (
    SELECT id, code, reference, status, CAST(1 AS BIGINT) AS fit FROM package WHERE code = $1
    UNION ALL
    SELECT id, code, reference, status, CAST(2 AS BIGINT) AS fit FROM package
    WHERE reference_key = $3 AND status <> 'recalled'
    UNION ALL
    SELECT id, code, reference, status, CAST(3 AS BIGINT) AS fit
    FROM (
        SELECT id, code, reference, status FROM package
        WHERE code > $1 AND code < $2
        ORDER BY code
        LIMIT $7 -- ?
    ) AS coded
    UNION ALL
    SELECT id, code, reference, status, CAST(4 AS BIGINT) AS fit
    FROM (
        SELECT id, code, reference, status FROM package
        WHERE reference_key > $3 AND reference_key < $4 AND status <> 'recalled'
        ORDER BY reference_key
        LIMIT $7 -- ?
    ) AS named
    UNION ALL
    SELECT id, code, reference, status, CAST(5 AS BIGINT) AS fit FROM package WHERE reference_key = $3 AND status = 'recalled'
) AS found
WHERE TRUE
    -- ?{
    AND found.status <> 'recalled' AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $5 AND mine.package_id = found.id AND mine.status <> 'closed')
    -- ?}
    -- ?{
    AND found.status <> 'recalled' AND EXISTS (SELECT 1 FROM account_offer AS mine
        WHERE mine.account_id = $6 AND mine.package_id = found.id)
    -- ?}
ORDER BY found.fit, found.code
LIMIT 20
