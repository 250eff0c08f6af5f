-- Says where the resources of some providers are: at the first address of the resource, else of its provider, a physical one
-- before a postal one.
UPDATE search_resource
SET (postal_code, postal_key, latitude, longitude) = (
    SELECT address.postal_code, UPPER(REPLACE(address.postal_code, ' ', '')), address.latitude, address.longitude
    FROM resource
    JOIN address ON address.provider_id = resource.provider_id
        AND (address.resource_id = resource.id OR address.resource_id IS NULL)
    WHERE resource.id = search_resource.resource_id
    ORDER BY CASE WHEN address.resource_id IS NULL THEN 1 ELSE 0 END, address.kind, address.position
    LIMIT 1)
WHERE resource_id IN (SELECT id FROM resource WHERE provider_id IN ($among))
