-- Adds the places of the resources of some providers: the first address of the resource, else of its provider, a physical one
-- before a postal one.
INSERT INTO resource_place (resource_id, postal_code, postal_key, latitude, longitude)
SELECT resource.id, address.postal_code, UPPER(REPLACE(address.postal_code, ' ', '')), address.latitude, address.longitude
FROM resource
JOIN address ON address.provider_id = resource.provider_id
WHERE resource.provider_id IN ($among)
    AND address.position = (
        SELECT candidate.position FROM address AS candidate
        WHERE candidate.provider_id = resource.provider_id
            AND (candidate.resource_id = resource.id OR candidate.resource_id IS NULL)
        ORDER BY CASE WHEN candidate.resource_id IS NULL THEN 1 ELSE 0 END, candidate.kind, candidate.position
        LIMIT 1)
