-- Returns names of resources, agencies first, at most $1; for staff only ($2 is the portal account that looks).
SELECT name FROM resource
WHERE TRUE
    AND $2 IS NULL -- ?
ORDER BY kind, name_key
LIMIT $1
