-- Returns the ids of resources: $1 itself, those of provider $2, of those that the portal account $3 acts for.
SELECT id FROM resource
WHERE TRUE
    AND id = $1 -- ?
    AND provider_id = $2 -- ?
    AND id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $3) -- ?
