-- Returns the providers with these ids, without those that were merged into others.
SELECT id, code, name, alternate_name, description, email, phone, url, postal_code, active, source, source_id, merged_into
FROM provider
WHERE merged_into IS NULL AND id IN ($all_in)
