-- Returns the texts of resources by the numbers under which they are searched; the agency record has those of its provider.
SELECT searched.number, resource.name, provider.name AS provider_name,
    CASE resource.kind WHEN 'agency' THEN provider.alternate_name ELSE resource.alternate_name END AS alternate_name,
    provider.alternate_name AS provider_alternate_name,
    CASE WHEN resource.kind = 'agency' AND resource.description IS NULL THEN provider.description
        ELSE resource.description END AS description,
    resource.eligibility
FROM search_resource AS searched
JOIN resource ON resource.id = searched.resource_id
JOIN provider ON provider.id = resource.provider_id
WHERE searched.number IN ($all_in)
