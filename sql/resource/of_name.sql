-- Returns the id of a resource of the provider $1 with the folded name $2: the one that is spelt $3, if there is one.
SELECT id FROM resource WHERE provider_id = $1 AND name_key = $2 ORDER BY name <> $3, kind, id LIMIT 1
