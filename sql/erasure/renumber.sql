-- Gives the contact $1 the number $2, folded $3.
UPDATE contact SET number = $2, number_key = $3 WHERE id = $1
