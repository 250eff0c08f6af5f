-- Returns what all clients were called before.
SELECT client_id, name FROM client_former_name
