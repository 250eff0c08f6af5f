-- Returns the phones of the provider $1 in the order of their source.
SELECT phone.number, phone.extension, phone.kind, phone.department, resource.code AS resource,
    resource.name AS resource_name
FROM phone
LEFT JOIN resource ON resource.id = phone.resource_id
WHERE phone.provider_id = $1
ORDER BY phone.position
