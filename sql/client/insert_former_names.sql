-- Adds former names of clients: $1 client, $2 position, $3 name, $4 folded name.
INSERT INTO client_former_name (client_id, position, name, name_key) VALUES ($1, $2, $3, $4)
