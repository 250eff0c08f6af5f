-- Adds a directory: $1 id, $2 name.
INSERT INTO directory (id, name) VALUES ($1, $2)
