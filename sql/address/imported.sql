-- Returns the addresses of the providers of the source $1 in their order.
SELECT address.provider_id, address.resource_id, address.kind, address.attention, address.line_1, address.line_2,
    address.city, address.region, address.postal_code, address.country, address.latitude, address.longitude
FROM provider
JOIN address ON address.provider_id = provider.id
WHERE provider.source = $1
ORDER BY address.provider_id, address.position
