-- Gives what the table contact says of the client $1 to the client $2.
UPDATE contact SET client_id = $2 WHERE client_id = $1
