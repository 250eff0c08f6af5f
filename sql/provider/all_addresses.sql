-- Returns the addresses of all providers as a whole that have a first line and a postal code, not those of their programs.
SELECT provider_id, line_1, postal_code FROM address
WHERE resource_id IS NULL AND line_1 IS NOT NULL AND postal_code IS NOT NULL
