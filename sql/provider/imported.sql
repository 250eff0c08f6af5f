-- Returns the providers that came from the source $1.
SELECT id, code, name, alternate_name, description, email, phone, url, postal_code, active, source, source_id, merged_into,
    ended_by_source
FROM provider
WHERE source = $1
