-- Gives the provider $1 the folded name $2.
UPDATE provider SET name_key = $2 WHERE id = $1
