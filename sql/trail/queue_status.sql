-- Returns the statuses of the queues with names above $1 up to $2.
SELECT queue.name AS subject, FALSE AS erased, status.label, status.closed, status.retired
FROM queue
JOIN queue_status AS status ON status.queue_id = queue.id
WHERE queue.name > $1 AND queue.name <= $2
ORDER BY queue.name
