-- Gives what the table sharing_request says of the client $1 to the client $2.
UPDATE sharing_request SET client_id = $2 WHERE client_id = $1
