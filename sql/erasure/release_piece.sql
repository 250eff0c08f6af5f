-- Erases the documents of the client $1.
DELETE FROM release_piece WHERE release_id IN (SELECT id FROM release WHERE client_id = $1)
