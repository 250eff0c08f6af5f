-- Calls the status $1 by the label $2, folded $3.
UPDATE queue_status SET label = $2, label_key = $3 WHERE id = $1
