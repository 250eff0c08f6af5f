-- Returns the addresses of the provider $1 in the order of their source.
SELECT address.kind, address.line_1, address.line_2, address.city, address.region, address.postal_code, address.country,
    resource.code AS resource, resource.name AS resource_name
FROM address
LEFT JOIN resource ON resource.id = address.resource_id
WHERE address.provider_id = $1
ORDER BY address.position
