-- Adds a piece of a document: $1 release, $2 its place counted from 0, $3 bytes.
INSERT INTO release_piece (release_id, position, bytes)
VALUES ($1, $2, $3)
