-- Gives the former name of the client $1 at position $3 the folded form $2.
UPDATE client_former_name SET name_key = $2 WHERE client_id = $1 AND position = $3
