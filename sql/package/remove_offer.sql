-- Takes the offer $1 out of its package at $2; its answer stays in the history.
UPDATE offer SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL
