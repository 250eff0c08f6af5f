-- Returns the providers with codes above $1 up to $2.
SELECT provider.code AS subject, FALSE AS erased, provider.name, provider.alternate_name, provider.description,
    provider.email, provider.phone, provider.url, provider.postal_code, provider.active, provider.source, provider.source_id,
    other.code AS merged_into
FROM provider
LEFT JOIN provider AS other ON other.id = provider.merged_into
WHERE provider.code > $1 AND provider.code <= $2
ORDER BY provider.code
