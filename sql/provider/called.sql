-- Returns the phones of all providers, those of their programs too.
SELECT id AS provider_id, phone AS number FROM provider WHERE phone IS NOT NULL AND merged_into IS NULL
UNION ALL
SELECT provider_id, number FROM phone
