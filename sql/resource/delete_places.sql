-- Takes away the places of the resources of some providers.
DELETE FROM resource_place WHERE resource_id IN (SELECT id FROM resource WHERE provider_id IN ($among))
