-- Returns the resources of the provider $1, the agency record first.
SELECT code, kind, name, state FROM resource WHERE provider_id = $1 ORDER BY kind, name_key, id
