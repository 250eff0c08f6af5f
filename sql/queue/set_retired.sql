-- Makes the status $1 retired or not ($2).
UPDATE queue_status SET retired = $2 WHERE id = $1 AND retired <> $2
