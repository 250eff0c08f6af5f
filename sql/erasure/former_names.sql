-- Erases what the client $1 was called before.
DELETE FROM client_former_name WHERE client_id = $1
