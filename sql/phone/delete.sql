-- Takes away the phones of the provider $1.
DELETE FROM phone WHERE provider_id = $1
