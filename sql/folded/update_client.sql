-- Gives the client $1 the folded name $2.
UPDATE client SET name_key = $2 WHERE id = $1
