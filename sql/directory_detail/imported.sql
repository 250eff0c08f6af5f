-- Returns the details of the providers of the source $1 in their order.
SELECT directory_detail.provider_id, directory_detail.resource_id, directory_detail.kind, directory_detail.name,
    directory_detail.code, directory_detail.note
FROM provider
JOIN directory_detail ON directory_detail.provider_id = provider.id
WHERE provider.source = $1
ORDER BY directory_detail.provider_id, directory_detail.position
