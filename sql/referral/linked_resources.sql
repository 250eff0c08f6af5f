-- Returns names of the resources that take referrals of the queue $1, at most $2.
SELECT resource.name
FROM queue_resource AS link
JOIN resource ON resource.id = link.resource_id
JOIN provider ON provider.id = resource.provider_id
WHERE link.queue_id = $1 AND resource.state = 'active' AND provider.active
ORDER BY resource.name_key, resource.id
LIMIT $2
