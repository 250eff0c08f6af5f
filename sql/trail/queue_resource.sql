-- Returns the resources that are linked to the queues with names above $1 up to $2.
SELECT queue.name AS subject, FALSE AS erased, resource.code
FROM queue
JOIN queue_resource ON queue_resource.queue_id = queue.id
JOIN resource ON resource.id = queue_resource.resource_id
WHERE queue.name > $1 AND queue.name <= $2
ORDER BY queue.name
