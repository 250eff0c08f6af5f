-- Says where the resources of some providers are: at the first address of the resource, else of its provider, a physical one
-- before a postal one. Each list of addresses is read once, since a provider may have thousands of resources.
UPDATE search_resource
SET postal_code = address.postal_code, postal_key = UPPER(REPLACE(address.postal_code, ' ', '')),
    latitude = address.latitude, longitude = address.longitude
FROM resource
LEFT JOIN (
    SELECT resource_id, position, ROW_NUMBER() OVER (PARTITION BY resource_id ORDER BY kind, position) AS place
    FROM address
    WHERE resource_id IS NOT NULL AND provider_id IN ($all_in)
) AS own ON own.resource_id = resource.id AND own.place = 1
LEFT JOIN (
    SELECT provider_id, position, ROW_NUMBER() OVER (PARTITION BY provider_id ORDER BY kind, position) AS place
    FROM address
    WHERE resource_id IS NULL AND provider_id IN ($all_in)
) AS common ON common.provider_id = resource.provider_id AND common.place = 1
LEFT JOIN address
    ON address.provider_id = resource.provider_id AND address.position = COALESCE(own.position, common.position)
WHERE search_resource.resource_id = resource.id AND resource.provider_id IN ($all_in)
