-- Returns the remainders of the providers of the source $1 in their order.
SELECT directory_remainder.provider_id, directory_remainder.resource_id, directory_remainder.entity,
    directory_remainder.entry, directory_remainder.content
FROM provider
JOIN directory_remainder ON directory_remainder.provider_id = provider.id
WHERE provider.source = $1
ORDER BY directory_remainder.provider_id, directory_remainder.position
