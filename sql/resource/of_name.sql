-- Returns the id of a resource of the provider $1 with the folded name $2.
SELECT id FROM resource WHERE provider_id = $1 AND name_key = $2 ORDER BY kind, id LIMIT 1
