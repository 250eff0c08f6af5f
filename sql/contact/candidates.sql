-- Returns the contacts that a reference may mean: $1 and $2 a folded number as typed and as a code is read, $1 to $3 numbers
-- that begin so, $2 to $4 those that begin like that code, $5 a folded name, $5 to $6 names that begin so, $7 to $8 the same
-- with the family name typed first; for the portal account $9 those whose details it may read (rule 2.7), for staff at most
-- $10 of what many begin with.
SELECT found.id, found.number, found.given, found.family, found.fit
FROM (
    SELECT id, number, given, family, CAST(1 AS BIGINT) AS fit FROM contact WHERE number_key IN ($1, $2)
    UNION ALL
    SELECT id, number, given, family, CAST(2 AS BIGINT) AS fit FROM contact WHERE name_key IN ($5, $7)
    UNION ALL
    SELECT id, number, given, family, CAST(3 AS BIGINT) AS fit
    FROM (
        SELECT id, number, given, family FROM contact
        WHERE number_key > $1 AND number_key < $3
        ORDER BY number_key
        LIMIT $10 -- ?
    ) AS numbered
    UNION ALL
    SELECT id, number, given, family, CAST(3 AS BIGINT) AS fit
    FROM (
        SELECT id, number, given, family FROM contact
        WHERE number_key > $2 AND number_key < $4 AND NOT (number_key > $1 AND number_key < $3)
        ORDER BY number_key
        LIMIT $10 -- ?
    ) AS coded
    UNION ALL
    SELECT id, number, given, family, CAST(4 AS BIGINT) AS fit
    FROM (
        SELECT id, number, given, family FROM contact
        WHERE name_key > $5 AND name_key < $6
        ORDER BY name_key, id
        LIMIT $10 -- ?
    ) AS named
    UNION ALL
    SELECT id, number, given, family, CAST(5 AS BIGINT) AS fit
    FROM (
        SELECT id, number, given, family FROM contact
        WHERE name_key > $7 AND name_key < $8
        ORDER BY name_key, id
        LIMIT $10 -- ?
    ) AS turned
) AS found
WHERE TRUE
    AND found.id IN (SELECT seen.contact_id FROM account_contact AS seen WHERE seen.account_id = $9) -- ?
ORDER BY found.fit, found.number
LIMIT 20
