-- Takes away the addresses of the provider $1.
DELETE FROM address WHERE provider_id = $1
