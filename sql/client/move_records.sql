-- Gives what the table record says of the client $1 to the client $2.
UPDATE record SET client_id = $2 WHERE client_id = $1
