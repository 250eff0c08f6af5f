-- Adds what clients are found by: $1 word, $2 client.
INSERT INTO client_word (word, client_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
