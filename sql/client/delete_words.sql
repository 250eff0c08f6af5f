-- Removes words that clients are found by: $1 word, $2 client.
DELETE FROM client_word WHERE (word, client_id) IN (VALUES ($1, $2))
