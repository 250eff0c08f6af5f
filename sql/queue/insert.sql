-- Adds a queue: $1 id, $2 name, $3 folded name.
INSERT INTO queue (id, name, name_key, active) VALUES ($1, $2, $3, TRUE)
