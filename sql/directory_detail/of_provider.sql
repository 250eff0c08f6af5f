-- Returns the details of the provider $1 in the order of their source: of its resource $2, of none if $3 is true.
SELECT directory_detail.kind, directory_detail.name, directory_detail.code, directory_detail.note,
    resource.code AS resource, resource.name AS resource_name
FROM directory_detail
LEFT JOIN resource ON resource.id = directory_detail.resource_id
WHERE directory_detail.provider_id = $1
    AND directory_detail.resource_id = $2 -- ?
    AND $3 AND directory_detail.resource_id IS NULL -- ?
ORDER BY directory_detail.position
