-- Returns the resources that the queue $1 is linked to, by name.
SELECT resource.code, resource.kind, resource.name, resource.state, provider.code AS provider, provider.name AS provider_name
FROM queue_resource AS link
JOIN resource ON resource.id = link.resource_id
JOIN provider ON provider.id = resource.provider_id
WHERE link.queue_id = $1
ORDER BY resource.name_key, resource.id
