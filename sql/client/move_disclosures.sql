-- Gives what the table disclosure says of the client $1 to the client $2.
UPDATE disclosure SET client_id = $2 WHERE client_id = $1
