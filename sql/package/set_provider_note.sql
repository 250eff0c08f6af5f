-- Gives the package $1 the note for providers $2, or none.
UPDATE package SET provider_note = $2 WHERE id = $1
