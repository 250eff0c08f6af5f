-- Gives the resource $1 the folded name $2.
UPDATE resource SET name_key = $2 WHERE id = $1
