-- Puts the status $1 at the position $2.
UPDATE queue_status SET position = $2 WHERE id = $1
