-- Returns the clients that a reference may mean: $1 a code, $1 to $2 codes that begin so, $3 an id of another system, $4
-- a folded name, $4 to $5 names that begin so, $6 to $7 the same with the family name typed first; for staff only ($8 is
-- the portal account that looks). Codes and ids of a client that another has replaced mean that other; former names come
-- last. Of what many begin with, a few are read.
SELECT COALESCE(merged_into, id) AS id, code, given, family, birth_date, CAST(1 AS BIGINT) AS fit FROM client
WHERE external_id = $3
    AND $8 IS NULL -- ?
UNION ALL
SELECT COALESCE(merged_into, id) AS id, code, given, family, birth_date, CAST(1 AS BIGINT) AS fit FROM client
WHERE code = $1
    AND $8 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, birth_date, CAST(2 AS BIGINT) AS fit FROM client
WHERE name_key IN ($4, $6) AND merged_into IS NULL
    AND $8 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, birth_date, CAST(3 AS BIGINT) AS fit
FROM (
    SELECT COALESCE(merged_into, id) AS id, code, given, family, birth_date FROM client
    WHERE code > $1 AND code < $2
        AND $8 IS NULL -- ?
    ORDER BY code
    LIMIT 20
) AS coded
UNION ALL
SELECT id, code, given, family, birth_date, CAST(4 AS BIGINT) AS fit
FROM (
    SELECT id, code, given, family, birth_date FROM client
    WHERE name_key > $4 AND name_key < $5 AND merged_into IS NULL
        AND $8 IS NULL -- ?
    ORDER BY name_key, id
    LIMIT 20
) AS named
UNION ALL
SELECT id, code, given, family, birth_date, CAST(5 AS BIGINT) AS fit
FROM (
    SELECT id, code, given, family, birth_date FROM client
    WHERE name_key > $6 AND name_key < $7 AND merged_into IS NULL
        AND $8 IS NULL -- ?
    ORDER BY name_key, id
    LIMIT 20
) AS turned
UNION ALL
SELECT id, code, given, family, birth_date, CAST(6 AS BIGINT) AS fit FROM client
WHERE id IN (SELECT former.client_id FROM client_former_name AS former WHERE former.name_key IN ($4, $6))
    AND merged_into IS NULL
    AND $8 IS NULL -- ?
UNION ALL
SELECT id, code, given, family, birth_date, CAST(7 AS BIGINT) AS fit FROM client
WHERE id IN (
        SELECT former.client_id FROM client_former_name AS former WHERE former.name_key > $4 AND former.name_key < $5)
    AND merged_into IS NULL
    AND $8 IS NULL -- ?
ORDER BY fit, code
LIMIT 20
