-- Returns the providers with these codes, without those that were merged into others.
SELECT id, code, name, alternate_name, description, email, phone, url, postal_code, active, source, source_id, merged_into
FROM provider
WHERE merged_into IS NULL AND code IN ($all_in)
