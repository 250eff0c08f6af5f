-- Returns the contracts that a reference may mean: $1 a code, $1 to $2 codes that begin so, $3 a folded name, $3 to $4 names
-- that begin so; of the provider $5; for staff only ($6 is the portal account that looks).
SELECT id, code, name, CAST(1 AS BIGINT) AS fit FROM contract
WHERE code = $1
    AND provider_id = $5 -- ?
    AND $6 IS NULL -- ?
UNION ALL
SELECT id, code, name, CAST(2 AS BIGINT) AS fit FROM contract
WHERE name_key = $3
    AND provider_id = $5 -- ?
    AND $6 IS NULL -- ?
UNION ALL
SELECT id, code, name, CAST(3 AS BIGINT) AS fit FROM contract
WHERE code > $1 AND code < $2
    AND provider_id = $5 -- ?
    AND $6 IS NULL -- ?
UNION ALL
SELECT id, code, name, CAST(4 AS BIGINT) AS fit FROM contract
WHERE name_key > $3 AND name_key < $4
    AND provider_id = $5 -- ?
    AND $6 IS NULL -- ?
ORDER BY fit, code
LIMIT 20
