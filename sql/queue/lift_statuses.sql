-- Makes room among the positions of the statuses of the queue $1.
UPDATE queue_status SET position = -position WHERE queue_id = $1
