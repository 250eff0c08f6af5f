-- Gives the records of the provider $1 to the provider $2.
UPDATE record SET provider_id = $2 WHERE provider_id = $1
