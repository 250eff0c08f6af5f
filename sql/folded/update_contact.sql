-- Gives the contact $1 the folded name $2.
UPDATE contact SET name_key = $2 WHERE id = $1
