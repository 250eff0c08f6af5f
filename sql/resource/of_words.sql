-- Returns programs by name whose folded name holds $1, and $2, and $3, patterns: the name $4 first, then those that begin
-- with it, up to $5; of those that the portal account $6 acts for; at most $7. An agency record is called as its provider.
SELECT id, code, name, CAST(1 AS BIGINT) AS fit
FROM resource
WHERE kind <> 'agency'
    AND name_key LIKE $1 ESCAPE '\'
    AND name_key LIKE $2 ESCAPE '\' -- ?
    AND name_key LIKE $3 ESCAPE '\' -- ?
    AND id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $6) -- ?
ORDER BY name_key <> $4, name_key < $4 OR name_key >= $5, name_key, id
LIMIT $7
