-- Returns the phones of the provider $1 in the order of their source: of its resource $2, of none if $3 is true.
SELECT phone.number, phone.extension, phone.kind, phone.department, resource.code AS resource,
    resource.name AS resource_name
FROM phone
LEFT JOIN resource ON resource.id = phone.resource_id
WHERE phone.provider_id = $1
    AND phone.resource_id = $2 -- ?
    AND $3 AND phone.resource_id IS NULL -- ?
ORDER BY phone.position
