-- Removes the former names of the client $1.
DELETE FROM client_former_name WHERE client_id = $1
