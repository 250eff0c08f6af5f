-- Takes away the categories, areas and languages of the resources of some providers.
DELETE FROM search_listing WHERE number IN (
    SELECT searched.number FROM resource
    JOIN search_resource AS searched ON searched.resource_id = resource.id
    WHERE resource.provider_id IN ($all_in))
