-- Takes away all that is searched of some providers, before they or resources of theirs are deleted.
DELETE FROM search_resource WHERE resource_id IN (
    SELECT id FROM resource WHERE provider_id IN ($all_in))
