-- Adds what a directory says of no provider: $1 directory, $2 position, $3 entity, $4 entry, $5 content.
INSERT INTO directory_entry (directory_id, position, entity, entry, content) VALUES ($1, $2, $3, $4, $5)
