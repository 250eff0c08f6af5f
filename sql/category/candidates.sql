-- Returns the categories that a name may mean: $1 the folded name, $2 the end of the range of names that begin so; for staff
-- only ($3 is the portal account that looks).
SELECT id, name, CAST(1 AS BIGINT) AS fit
FROM category
WHERE name_key = $1
    AND $3 IS NULL -- ?
UNION ALL
SELECT id, name, CAST(2 AS BIGINT) AS fit
FROM category
WHERE name_key > $1 AND name_key < $2
    AND $3 IS NULL -- ?
ORDER BY fit, name
LIMIT 20
