-- Returns the statuses of the queue $1 in their order.
SELECT id, label, closed, retired FROM queue_status WHERE queue_id = $1 ORDER BY position
