-- Returns the active resources of active providers that a queue in use is linked to, by name: linked to the queue $1, of the
-- provider $2; of those that the portal account $3 acts for.
SELECT resource.id, resource.code, resource.name, provider.code AS provider, provider.name AS provider_name
FROM resource
JOIN provider ON provider.id = resource.provider_id
WHERE resource.state = 'active' AND provider.active
    AND resource.id IN (
        SELECT link.resource_id FROM queue_resource AS link
        JOIN queue ON queue.id = link.queue_id
        WHERE queue.active)
    AND resource.id IN (SELECT link.resource_id FROM queue_resource AS link WHERE link.queue_id = $1) -- ?
    AND resource.provider_id = $2 -- ?
    AND resource.id IN (SELECT mine.resource_id FROM account_scope AS mine WHERE mine.account_id = $3) -- ?
ORDER BY resource.name_key, resource.id
