-- Gives the queue $1 the name $2, folded $3.
UPDATE queue SET name = $2, name_key = $3 WHERE id = $1
