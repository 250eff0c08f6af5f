-- Returns the phones of the providers of the source $1 in their order.
SELECT phone.provider_id, phone.resource_id, phone.number, phone.extension, phone.kind, phone.department
FROM provider
JOIN phone ON phone.provider_id = provider.id
WHERE provider.source = $1
ORDER BY phone.provider_id, phone.position
