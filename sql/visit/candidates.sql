-- Returns the visits that a reference may mean: $1 a code, $1 to $2 codes that begin so; for staff only ($3 is the portal
-- account that looks).
SELECT id, code, CAST(1 AS BIGINT) AS fit FROM visit
WHERE code = $1
    AND $3 IS NULL -- ?
UNION ALL
SELECT id, code, CAST(2 AS BIGINT) AS fit
FROM (
    SELECT id, code FROM visit
    WHERE code > $1 AND code < $2
        AND $3 IS NULL -- ?
    ORDER BY code
    LIMIT 20
) AS coded
ORDER BY fit, code
LIMIT 20
