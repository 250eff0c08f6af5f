-- Moves the status $1 of a queue out of the way of others.
UPDATE queue_status SET position = -position WHERE id = $1 AND position > 0
