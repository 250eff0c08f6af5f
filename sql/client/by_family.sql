-- Returns the clients whose folded name has a later word that is $1, or that begins so: $1 is the pattern, for staff only
-- ($2 is the portal account that looks).
SELECT id, code, given, family, CAST(6 AS BIGINT) AS fit FROM client
WHERE name_key LIKE $1 ESCAPE '\'
    AND $2 IS NULL -- ?
ORDER BY code
LIMIT 20
