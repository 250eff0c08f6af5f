-- Makes the queue $1 active or not ($2).
UPDATE queue SET active = $2 WHERE id = $1
