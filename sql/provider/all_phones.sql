-- Returns the phones of all providers as a whole, not those of their programs.
SELECT provider_id, number FROM phone WHERE resource_id IS NULL
