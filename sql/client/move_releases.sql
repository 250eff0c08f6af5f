-- Gives what the table release says of the client $1 to the client $2.
UPDATE release SET client_id = $2 WHERE client_id = $1
