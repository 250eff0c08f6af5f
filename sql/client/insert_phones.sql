-- Adds phones of clients: $1 client, $2 position, $3 label, $4 number.
INSERT INTO client_phone (client_id, position, label, number) VALUES ($1, $2, $3, $4)
