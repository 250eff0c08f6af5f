-- Returns the remainders of the provider $1 in their order: of its resource $2, of none if $3 is true.
SELECT directory_remainder.entity, directory_remainder.entry, directory_remainder.content,
    resource.code AS resource, resource.name AS resource_name
FROM directory_remainder
LEFT JOIN resource ON resource.id = directory_remainder.resource_id
WHERE directory_remainder.provider_id = $1
    AND directory_remainder.resource_id = $2 -- ?
    AND $3 AND directory_remainder.resource_id IS NULL -- ?
ORDER BY directory_remainder.position
