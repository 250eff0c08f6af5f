-- Returns the resource $1 with what an assignment asks of it, among others whether it is linked to the queue $2.
SELECT resource.id, resource.code, resource.name, resource.state, provider.name AS provider, provider.code AS provider_code,
    provider.active AS provider_active, EXISTS (
        SELECT 1 FROM queue_resource AS link WHERE link.queue_id = $2 AND link.resource_id = resource.id) AS linked
FROM resource
JOIN provider ON provider.id = resource.provider_id
WHERE resource.id = $1
