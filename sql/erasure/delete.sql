-- Removes the row of the client $1, which nothing refers to any more.
DELETE FROM client WHERE id = $1
