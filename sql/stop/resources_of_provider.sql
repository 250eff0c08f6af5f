-- Returns the resources of the provider $1.
SELECT id FROM resource WHERE provider_id = $1
