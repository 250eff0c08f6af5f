-- Returns the pieces of the document of the release $1, in order.
SELECT position, bytes FROM release_piece WHERE release_id = $1 ORDER BY position
