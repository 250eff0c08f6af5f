-- Returns the clients that a reference may mean: $1 a code, $1 to $2 codes that begin so, $3 an id of another system, $4
-- a folded name, $4 to $5 names that begin so, $6 to $7 the same with the family name typed first; for staff only ($8 is
-- the portal account that looks).
SELECT id, code, given, family, CAST(1 AS BIGINT) AS fit FROM client
WHERE external_id = $3
    AND $8 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, CAST(1 AS BIGINT) AS fit FROM client
WHERE code = $1
    AND $8 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, CAST(2 AS BIGINT) AS fit FROM client
WHERE name_key IN ($4, $6)
    AND $8 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, CAST(3 AS BIGINT) AS fit FROM client
WHERE code > $1 AND code < $2
    AND $8 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, CAST(4 AS BIGINT) AS fit FROM client
WHERE name_key > $4 AND name_key < $5
    AND $8 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, CAST(5 AS BIGINT) AS fit FROM client
WHERE name_key > $6 AND name_key < $7
    AND $8 IS NULL -- ?
ORDER BY fit, code
LIMIT 20
