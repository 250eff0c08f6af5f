-- Adds those resources of some providers that take referrals and were not there.
INSERT INTO search_resource (number, resource_id)
SELECT (SELECT COALESCE(MAX(number), 0) FROM search_resource) + ROW_NUMBER() OVER (ORDER BY resource.name_key, resource.id),
    resource.id
FROM resource
JOIN provider ON provider.id = resource.provider_id
WHERE resource.state = 'active' AND provider.active
    AND NOT EXISTS (SELECT 1 FROM search_resource AS searched WHERE searched.resource_id = resource.id)
    AND resource.provider_id IN ($all_in)
