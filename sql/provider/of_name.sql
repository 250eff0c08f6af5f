-- Returns the providers whose folded name is $1.
SELECT id, code, name, alternate_name, description, email, phone, url, postal_code, active, source, source_id, merged_into
FROM provider
WHERE merged_into IS NULL AND name_key = $1
ORDER BY id
