-- Returns the numbers under which the resources of some providers are searched.
SELECT searched.number
FROM resource
JOIN search_resource AS searched ON searched.resource_id = resource.id
WHERE resource.provider_id IN ($all_in)
