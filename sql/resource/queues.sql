-- Returns the queues that are linked to the resource $1, by name.
SELECT queue.id, queue.name
FROM queue_resource AS link
JOIN queue ON queue.id = link.queue_id
WHERE link.resource_id = $1
ORDER BY queue.name_key
