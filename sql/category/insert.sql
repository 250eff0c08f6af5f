-- Adds a category: $1 id, $2 name, $3 folded name.
INSERT INTO category (id, name, name_key) VALUES ($1, $2, $3)
