-- Takes away the words of the resources of some providers.
DELETE FROM resource_word WHERE resource_id IN (SELECT id FROM resource WHERE provider_id IN ($among))
