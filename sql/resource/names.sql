-- Returns names of resources, agencies first, at most $1; of those that the portal account $2 acts for.
SELECT name FROM resource
WHERE TRUE
    AND id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $2) -- ?
ORDER BY kind, name_key
LIMIT $1
