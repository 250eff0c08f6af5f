-- Gives the contracts of the provider $1 to the provider $2.
UPDATE contract SET provider_id = $2 WHERE provider_id = $1
