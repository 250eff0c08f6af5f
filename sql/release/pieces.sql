-- Returns the pieces of the document of the release $1, in order, from the release that holds it.
SELECT position, bytes FROM release_piece
WHERE release_id = COALESCE((SELECT paper_id FROM release WHERE id = $1), $1)
ORDER BY position
