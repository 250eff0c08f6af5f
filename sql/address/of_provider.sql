-- Returns the addresses of the provider $1 in the order of their source: of its resource $2, of none if $3 is true.
SELECT address.kind, address.attention, address.line_1, address.line_2, address.city, address.region,
    address.postal_code, address.country, address.latitude, address.longitude, resource.code AS resource,
    resource.name AS resource_name
FROM address
LEFT JOIN resource ON resource.id = address.resource_id
WHERE address.provider_id = $1
    AND address.resource_id = $2 -- ?
    AND $3 AND address.resource_id IS NULL -- ?
ORDER BY address.position
